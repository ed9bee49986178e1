with sitting_days as (
    select * from {{ ref('stg_records__sitting_day') }}
),

questions as (
    select * from {{ ref('int_questions') }}
),

answers as (
    select * from {{ ref('stg_records__answer') }}
),

debates as (
    select * from {{ ref('stg_records__debate') }}
),

documents as (
    select * from {{ ref('stg_landing__document') }}
),

batches as (
    select * from {{ ref('stg_landing__batch') }}
),

business as (
    select
        house,
        sat_on as date_on,
        1 as is_meeting
    from sitting_days
    union all
    select
        house,
        debated_on as date_on,
        1 as is_meeting
    from debates
    where debated_on is not null
    union all
    select
        house,
        tabled_on as date_on,
        0 as is_meeting
    from questions
    where tabled_on is not null
),

met as (
    select
        date_on,
        max(case when house = 'Commons' then is_meeting else 0 end) as commons_met,
        max(case when house = 'Commons' then 1 else 0 end) as commons_busy,
        max(case when house = 'Lords' then is_meeting else 0 end) as lords_met,
        max(case when house = 'Lords' then 1 else 0 end) as lords_busy
    from business
    group by date_on
),

mentioned as (
    select date_on from business
    union all
    select due_on as date_on from questions
    union all
    select answered_on as date_on from answers
    union all
    select published_on as date_on from documents
    union all
    select interval_start_on as date_on from batches
    union all
    select interval_end_on as date_on from batches
),

bounds as (
    select
        cast(date_trunc('year', min(date_on)) as date) as first_on,
        max(date_on) as last_on
    from mentioned
),

days as (
    select cast({{ explode_days('first_on', 'last_on') }} as date) as date_on
    from bounds
),

newest as (
    select max(sat_on) as newest_sitting_on
    from sitting_days
),

-- Hansard of a day comes out after it: what it does not know yet of the newest days, it does not deny.
loaded as (
    select
        days.date_on,
        max(
            case
                when batches.source = 'hansard' and days.date_on <= newest.newest_sitting_on then 1
                else 0
            end
        ) as has_hansard
    from days
    cross join newest
    inner join batches on days.date_on between batches.interval_start_on and batches.interval_end_on
    where batches.source in ('hansard', 'written_questions')
    group by days.date_on
),

judged as (
    select
        days.date_on,
        case
            when loaded.has_hansard = 1 then 'hansard'
            when loaded.date_on is not null or met.date_on is not null then 'inferred'
            else 'not_loaded'
        end as sitting_day_basis,
        case when loaded.has_hansard = 1 then coalesce(met.commons_met, 0) else coalesce(met.commons_busy, 0) end
            as commons_sat,
        case when loaded.has_hansard = 1 then coalesce(met.lords_met, 0) else coalesce(met.lords_busy, 0) end
            as lords_sat
    from days
    left join loaded on days.date_on = loaded.date_on
    left join met on days.date_on = met.date_on
),

counted as (
    select
        *,
        sum(commons_sat) over (order by date_on) as commons_count,
        sum(lords_sat) over (order by date_on) as lords_count,
        case when {{ iso_weekday('date_on') }} < 6 then 1 else 0 end as is_weekday,
        case when sitting_day_basis = 'not_loaded' then 1 else 0 end as is_unknown
    from judged
),

-- A stretch is a sitting day and the days up to the next one.
stretched as (
    select
        *,
        sum(is_weekday * (1 - commons_sat)) over (partition by commons_count) as commons_idle_weekdays,
        max(is_unknown) over (partition by commons_count) as is_commons_unknown,
        max(commons_count) over () as last_commons_count,
        sum(is_weekday * (1 - lords_sat)) over (partition by lords_count) as lords_idle_weekdays,
        max(is_unknown) over (partition by lords_count) as is_lords_unknown,
        max(lords_count) over () as last_lords_count
    from counted
)

select
    -- dates
    date_on,

    -- kinds
    sitting_day_basis,

    -- flags
    commons_sat = 1 as is_commons_sitting_day,
    lords_sat = 1 as is_lords_sitting_day,
    commons_sat = 0
    and commons_idle_weekdays >= 4
    and is_commons_unknown = 0
    and commons_count between 1 and last_commons_count - 1 as is_commons_recess_day,
    lords_sat = 0
    and lords_idle_weekdays >= 4
    and is_lords_unknown = 0
    and lords_count between 1 and last_lords_count - 1 as is_lords_recess_day,

    -- counts
    cast(commons_count as bigint) as commons_sitting_day_count,
    cast(lords_count as bigint) as lords_sitting_day_count
from stretched
