with sitting_days as (select * from {{ ref('int_sitting_days') }}),

weekdays as (
    select
        *,
        {{ iso_weekday('date_on') }} < 6 as is_weekday
    from sitting_days
),

-- Where nothing is known of a weekend, it is taken to be one without a sitting.
counted as (
    select
        *,
        count(case when is_commons_sitting_day then 1 end) over (order by date_on) as commons_sitting_day_count,
        count(case when is_lords_sitting_day then 1 end) over (order by date_on) as lords_sitting_day_count,
        count(case when is_commons_sitting_day is null and is_weekday then 1 end) over (
            order by date_on
        ) as commons_unknown_day_count,
        count(case when is_lords_sitting_day is null and is_weekday then 1 end) over (
            order by date_on
        ) as lords_unknown_day_count
    from weekdays
),

-- Days with the same count are a stretch: a sitting day and the days after it, up to the next sitting day.
stretched as (
    select
        *,
        count(case when is_weekday and not is_commons_sitting_day then 1 end) over (
            partition by commons_sitting_day_count
        ) as commons_idle_weekdays,
        max(case when is_weekday and is_commons_sitting_day is null then 1 else 0 end) over (
            partition by commons_sitting_day_count
        ) as is_commons_unknown,
        max(commons_sitting_day_count) over () as last_commons_count,
        count(case when is_weekday and not is_lords_sitting_day then 1 end) over (
            partition by lords_sitting_day_count
        ) as lords_idle_weekdays,
        max(case when is_weekday and is_lords_sitting_day is null then 1 else 0 end) over (
            partition by lords_sitting_day_count
        ) as is_lords_unknown,
        max(lords_sitting_day_count) over () as last_lords_count
    from counted
)

select
    -- dates
    date_on,

    -- kinds
    commons_sitting_day_basis,
    lords_sitting_day_basis,

    -- flags
    is_commons_sitting_day,
    is_lords_sitting_day,
    coalesce(not is_commons_sitting_day, false)
    and commons_idle_weekdays >= 4
    and is_commons_unknown = 0
    and commons_sitting_day_count between 1 and last_commons_count - 1 as is_commons_recess_day,
    coalesce(not is_lords_sitting_day, false)
    and lords_idle_weekdays >= 4
    and is_lords_unknown = 0
    and lords_sitting_day_count between 1 and last_lords_count - 1 as is_lords_recess_day,

    -- counts
    cast(commons_sitting_day_count as bigint) as commons_sitting_day_count,
    cast(lords_sitting_day_count as bigint) as lords_sitting_day_count,
    cast(commons_unknown_day_count as bigint) as commons_unknown_day_count,
    cast(lords_unknown_day_count as bigint) as lords_unknown_day_count
from stretched
