with sitting_days as (
    select * from {{ ref('stg_records__sitting_day') }}
),

debates as (
    select * from {{ ref('stg_records__debate') }}
),

questions as (
    select * from {{ ref('int_questions') }}
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
)

select
    -- dates
    date_on,

    -- flags
    max(case when house = 'Commons' then is_meeting else 0 end) = 1 as has_commons_met,
    max(case when house = 'Commons' then 1 else 0 end) = 1 as has_commons_business,
    max(case when house = 'Lords' then is_meeting else 0 end) = 1 as has_lords_met,
    max(case when house = 'Lords' then 1 else 0 end) = 1 as has_lords_business
from business
group by date_on
