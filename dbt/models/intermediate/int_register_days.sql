with people as (select * from {{ ref('int_people') }}),
periods as (select * from {{ ref('int_member_periods') }}),

days as (
    select distinct named_on
    from people
),

current_count as (
    select count(*) as member_count
    from periods
    where is_current and house = 'Commons'
),

day_counts as (
    select
        days.named_on,
        count(*) as member_count
    from days
    inner join periods on periods.house = 'Commons' and {{ holds_on('periods', 'days.named_on') }}
    group by days.named_on
)

select
    -- dates
    day_counts.named_on,

    -- counts
    day_counts.member_count as known_member_count,

    -- flags
    day_counts.member_count * 2 >= current_count.member_count as is_day_covered
from day_counts
cross join current_count
