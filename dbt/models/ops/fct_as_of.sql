{% set yesterday = env_var('ORDERPAPER_EXPECTED_UNTIL', '') %}

with as_of as (select * from {{ ref('int_as_of') }}),
sources as (select * from {{ ref('stg_landing__source') }}),
calendar as (select * from {{ ref('dim_date') }}),

-- The day that the build is given is yesterday, in the realm `live`. A capture or a simulated Parliament ends with the
-- last day that was asked for.
expected as (
    select
        *,
        coalesce(
            cast(nullif('{{ yesterday }}', '') as date),
            max(as_of_on) over ()
        ) as expected_until_on
    from as_of
),

following as (
    select
        as_of_key,
        source,
        house,
        {{ explode_days(day_after('as_of_on'), 'expected_until_on') }} as date_on
    from expected
    where as_of_on < expected_until_on and is_current
),

missed as (
    select
        following.as_of_key,
        count(*) as lag_days
    from following
    inner join sources on following.source = sources.source
    left join calendar on following.date_on = calendar.date_on
    where {{ is_expected_day('sources.freshness_calendar', 'following.house', 'following.date_on', 'calendar') }}
    group by following.as_of_key
)

select
    -- keys
    expected.as_of_key,

    -- ids
    expected.source,

    -- kinds
    expected.house,

    -- dates
    expected.complete_from_on,
    expected.as_of_on,
    expected.expected_until_on,

    -- counts
    case when expected.is_current then coalesce(missed.lag_days, 0) end as lag_days,

    -- flags
    expected.is_current,
    expected.is_current and coalesce(missed.lag_days, 0) > sources.max_lag_days as is_behind
from expected
inner join sources on expected.source = sources.source
left join missed on expected.as_of_key = missed.as_of_key
