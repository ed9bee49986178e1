with days as (
    select * from {{ ref('int_days') }}
),

meeting_days as (
    select * from {{ ref('int_meeting_days') }}
),

sitting_days as (
    select * from {{ ref('stg_records__sitting_day') }}
),

batches as (
    select * from {{ ref('stg_landing__batch') }}
),

newest as (
    select max(sat_on) as newest_sitting_on
    from sitting_days
),

-- Hansard of a day is published after it. A day later than the newest sitting day is not known from Hansard yet.
loaded as (
    select
        days.date_on,
        max(
            case
                when batches.source = 'hansard' and days.date_on <= newest.newest_sitting_on then 1
                else 0
            end
        ) = 1 as has_hansard
    from days
    cross join newest
    inner join batches on days.date_on between batches.interval_start_on and batches.interval_end_on
    where batches.source in ('hansard', 'written_questions')
    group by days.date_on
)

select
    -- dates
    days.date_on,

    -- kinds
    case
        when loaded.has_hansard then 'hansard'
        when loaded.date_on is not null or meeting_days.date_on is not null then 'inferred'
        else 'not_loaded'
    end as sitting_day_basis,

    -- flags
    coalesce(
        case when loaded.has_hansard then meeting_days.has_commons_met else meeting_days.has_commons_business end, false
    ) as is_commons_sitting_day,
    coalesce(
        case when loaded.has_hansard then meeting_days.has_lords_met else meeting_days.has_lords_business end, false
    ) as is_lords_sitting_day
from days
left join loaded on days.date_on = loaded.date_on
left join meeting_days on days.date_on = meeting_days.date_on
