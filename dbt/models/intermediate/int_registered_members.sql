with member_records as (
    {{ newest_records("stg_records__member", "records.member_id") }}
),

members as (
    {{ first_rows("member_records", "member_id", "member_ordinal") }}
)

select
    -- ids
    member_id,

    -- text
    name,
    party_text,
    constituency_text,

    -- kinds
    house,
    gender,

    -- dates
    membership_start_on,
    membership_end_on,

    -- flags
    is_current
from members
