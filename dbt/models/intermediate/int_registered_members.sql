with merged_ids as (select * from {{ ref('int_member_merges') }}),

member_records as (
    {{ newest_records("stg_records__member", "records.member_id") }}
),

members as (
    {{ first_rows("member_records", "member_id", "member_ordinal") }}
)

select
    -- ids
    members.member_id,
    members.document_id,
    members.membership_end_reason_id,

    -- text
    members.name,
    members.party_text,
    members.constituency_text,
    members.membership_end_reason_text,
    members.membership_end_notes_text,
    members.status_text,

    -- kinds
    members.house,
    members.gender,

    -- dates
    members.membership_start_on,
    members.membership_end_on,
    cast(members.fetched_at as date) as confirmed_on,

    -- flags
    members.is_current
from members
left join merged_ids on members.member_id = merged_ids.member_id
where merged_ids.member_id is null
