with days as (select * from {{ ref('int_days') }}),
meeting_days as (select * from {{ ref('int_meeting_days') }}),
questions as (select * from {{ ref('int_questions') }}),
windows as (select * from {{ ref('int_windows') }}),
fetches as (select * from {{ ref('stg_landing__fetch') }}),

-- Months of which Hansard gave its calendar. A replay has none: a day of which nothing was captured is not known.
calendars as (
    select
        make_date(
            cast({{ extract_pattern('url', 'year=([0-9]+)', 1) }} as int),
            cast({{ extract_pattern('url', 'month=([0-9]+)', 1) }} as int),
            1
        ) as month_start_on,
        max(case when url like '%house=Commons%' then 1 else 0 end) = 1 as has_commons,
        max(case when url like '%house=Lords%' then 1 else 0 end) = 1 as has_lords
    from fetches
    where source = 'hansard' and outcome in ('fetched', 'not_modified') and url like '%/overview/calendar.json?%'
    group by month_start_on
),

loaded as (
    select
        days.date_on,
        max(case when windows.source = 'hansard' then 1 else 0 end) = 1 as has_hansard,
        max(case when windows.source = 'written_questions' then 1 else 0 end) = 1 as has_questions
    from days
    inner join windows on days.date_on between windows.interval_start_on and windows.complete_until_on
    group by days.date_on
),

-- Hansard of a day is published after it. A day later than the newest sitting day is not known from Hansard yet.
newest as (
    select
        max(case when has_commons_met then date_on end) as commons_on,
        max(case when has_lords_met then date_on end) as lords_on
    from meeting_days
),

asked as (
    select
        max(case when house = 'Commons' then 1 else 0 end) = 1 as is_commons_asked,
        max(case when house = 'Lords' then 1 else 0 end) = 1 as is_lords_asked
    from questions
    where question_id is not null
),

described as (
    select
        days.date_on,
        case
            when meeting_days.has_commons_met then true
            when loaded.has_hansard and calendars.has_commons and days.date_on < newest.commons_on then false
        end as has_commons_sat,
        case
            when meeting_days.has_commons_business then true
            when loaded.has_questions and asked.is_commons_asked then false
        end as has_commons_seemed,
        case
            when meeting_days.has_lords_met then true
            when loaded.has_hansard and calendars.has_lords and days.date_on < newest.lords_on then false
        end as has_lords_sat,
        case
            when meeting_days.has_lords_business then true
            when loaded.has_questions and asked.is_lords_asked then false
        end as has_lords_seemed
    from days
    cross join newest
    cross join asked
    left join loaded on days.date_on = loaded.date_on
    left join meeting_days on days.date_on = meeting_days.date_on
    left join calendars on date_trunc('month', days.date_on) = calendars.month_start_on
)

select
    -- dates
    date_on,

    -- kinds
    case
        when has_commons_sat is not null then 'hansard'
        when has_commons_seemed is not null then 'inferred'
        else 'not_loaded'
    end as commons_sitting_day_basis,
    case
        when has_lords_sat is not null then 'hansard'
        when has_lords_seemed is not null then 'inferred'
        else 'not_loaded'
    end as lords_sitting_day_basis,

    -- flags
    coalesce(has_commons_sat, has_commons_seemed) as is_commons_sitting_day,
    coalesce(has_lords_sat, has_lords_seemed) as is_lords_sitting_day
from described
