{{ config(materialized=tracked_table()) }}

with people as (select * from {{ ref('int_people') }}),
periods as (select * from {{ ref('int_member_periods') }}),

days as (
    select distinct named_on
    from people
),

latest as (
    select
        count(case when is_current and house = 'Commons' then 1 end) as member_count,
        max(confirmed_on) as asked_on
    from periods
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
    day_counts.member_count * 2 >= latest.member_count
    and coalesce(day_counts.named_on <= latest.asked_on, true) as is_day_covered
from day_counts
cross join latest
