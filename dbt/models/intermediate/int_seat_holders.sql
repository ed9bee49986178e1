select
    -- keys
    people.person_key,
    periods.member_key,

    -- ids
    periods.member_id,

    -- text
    periods.name
from {{ ref('int_people') }} as people
inner join {{ ref('int_member_periods') }} as periods
    on people.seat_label = periods.seat_label
    and {{ holds_on('periods', 'people.named_on') }}
