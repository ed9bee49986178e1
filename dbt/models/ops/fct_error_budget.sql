with freshness as (select * from {{ ref('fct_freshness') }}),
sources as (select * from {{ ref('stg_landing__source') }}),

-- A day is missed if it was missed for any House.
days as (
    select
        source,
        measured_on,
        max(case when is_met then 0 else 1 end) as missed_count
    from freshness
    group by source, measured_on
),

counted as (
    select
        source,
        count(*) as measured_day_count,
        cast(sum(missed_count) as bigint) as missed_day_count,
        max(measured_on) as measured_on
    from days
    group by source
)

select
    -- ids
    counted.source,

    -- dates
    counted.measured_on,

    -- counts
    counted.measured_day_count,
    counted.missed_day_count,
    sources.allowed_missed_days as allowed_missed_day_count,

    -- flags
    counted.missed_day_count > sources.allowed_missed_days as is_spent
from counted
inner join sources on counted.source = sources.source
