with member_records as (
    {{ newest_records("stg_records__member", "records.member_id") }}
),

members as (
    {{ first_rows("member_records", "member_id", "member_ordinal") }}
)

select
    -- ids
    member_id,
    document_id,
    membership_end_reason_id,

    -- text
    name,
    party_text,
    constituency_text,
    membership_end_reason_text,
    membership_end_notes_text,
    status_text,

    -- kinds
    house,
    gender,

    -- dates
    membership_start_on,
    membership_end_on,
    cast(fetched_at as date) as confirmed_on,

    -- flags
    is_current
from members
