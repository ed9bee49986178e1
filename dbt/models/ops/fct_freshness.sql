{% set yesterday = env_var('ORDERPAPER_EXPECTED_UNTIL', '') %}

with windows as (select * from {{ ref('int_windows') }}),
as_of as (select * from {{ ref('fct_as_of') }}),
sources as (select * from {{ ref('stg_landing__source') }}),
fetches as (select * from {{ ref('stg_landing__fetch') }}),
calendar as (select * from {{ ref('dim_date') }}),

requests as (
    select
        source,
        min({{ london_date('requested_at') }}) as first_on,
        max({{ london_date('requested_at') }}) as newest_on
    from fetches
    group by source
),

-- The days are those of the last 30 on which the source had been asked before, up to the newest request of any source.
measured as (
    select
        as_of.as_of_key,
        as_of.source,
        as_of.house,
        requests.first_on,
        max(requests.newest_on) over () as last_on
    from as_of
    inner join requests on as_of.source = requests.source
    where as_of.is_current
),

days as (
    select
        as_of_key,
        source,
        house,
        last_on,
        {{ explode_days('first_on', 'last_on') }} as measured_on
    from measured
),

-- How far a source was complete at the end of a day. An unchanged document keeps the time of its first fetch, and
-- nothing is known of a day before it.
states as (
    select
        days.as_of_key,
        days.source,
        days.house,
        days.measured_on,
        max(windows.complete_until_on) as as_of_on
    from days
    left join windows
        on days.source = windows.source
        and days.measured_on >= {{ london_date('windows.batch_fetched_at') }}
        and days.measured_on >= windows.interval_start_on
    where {{ days_between('days.measured_on', 'days.last_on') }} < 30
    group by days.as_of_key, days.source, days.house, days.measured_on
),

-- In the realm `live`, a source should be complete up to the day before. A capture or a simulated Parliament ends with
-- the last day that was asked for.
expected as (
    select
        *,
        {% if yesterday %}
            {{ day_before('measured_on') }} as expected_until_on
        {% else %}
            max(as_of_on) over (partition by measured_on) as expected_until_on
        {% endif %}
    from states
),

following as (
    select
        as_of_key,
        source,
        house,
        measured_on,
        {{ explode_days(day_after('as_of_on'), 'expected_until_on') }} as date_on
    from expected
    where as_of_on < expected_until_on
),

missed as (
    select
        following.as_of_key,
        following.measured_on,
        count(*) as lag_days
    from following
    inner join sources on following.source = sources.source
    left join calendar on following.date_on = calendar.date_on
    where {{ is_expected_day('sources.freshness_calendar', 'following.house', 'following.date_on', 'calendar') }}
    group by following.as_of_key, following.measured_on
)

select
    -- keys
    {{ surrogate_key(["expected.as_of_key", "expected.measured_on"]) }} as freshness_key,

    -- ids
    expected.source,

    -- kinds
    expected.house,

    -- dates
    expected.measured_on,
    expected.as_of_on,
    expected.expected_until_on,

    -- counts
    case when expected.as_of_on is not null then coalesce(missed.lag_days, 0) end as lag_days,

    -- flags
    expected.as_of_on is not null and coalesce(missed.lag_days, 0) <= sources.max_lag_days as is_met
from expected
inner join sources on expected.source = sources.source
left join missed
    on expected.as_of_key = missed.as_of_key
    and expected.measured_on = missed.measured_on
