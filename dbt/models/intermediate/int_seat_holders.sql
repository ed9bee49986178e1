with people as (
    select * from {{ ref('int_people') }}
),

periods as (
    select * from {{ ref('int_member_periods') }}
)

select
    -- keys
    people.person_key,
    periods.member_key,

    -- ids
    periods.member_id,

    -- text
    periods.name
from people
inner join periods on people.seat_label = periods.seat_label and {{ holds_on('periods', 'people.named_on') }}
