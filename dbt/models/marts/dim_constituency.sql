select
    -- keys
    {{ surrogate_key(["'constituency'", "seat_label"]) }} as constituency_key,

    -- text
    min(constituency_text) as constituency_name,

    -- dates
    min(valid_from) as first_held_on,
    case when count(*) = count(valid_to) then max(valid_to) end as last_held_before,

    -- flags
    max(case when is_current then 1 else 0 end) = 1 as is_current,

    -- counts
    count(distinct member_id) as member_count
from {{ ref('int_member_periods') }}
where seat_label is not null
group by seat_label
