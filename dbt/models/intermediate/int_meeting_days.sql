with sitting_days as (select * from {{ ref('stg_records__sitting_day') }}),
debates as (select * from {{ ref('stg_records__debate') }}),
documents as (select * from {{ ref('stg_landing__document') }}),
questions as (select * from {{ ref('int_questions') }}),

-- The Official Report of a day says that the House met. What others write of a debate may have another day.
business as (
    select
        house,
        sat_on as date_on,
        1 as is_meeting
    from sitting_days
    union all
    select
        debates.house,
        debates.debated_on as date_on,
        case
            when documents.document_kind like 'hansard%' or documents.document_kind like 'theyworkforyou%' then 1
            else 0
        end as is_meeting
    from debates
    inner join documents on debates.document_id = documents.document_id
    where debates.debated_on is not null
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
