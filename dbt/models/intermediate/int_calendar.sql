with questions as (
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
        tabled_on as date_on
    from questions
    where tabled_on is not null
    union
    select
        house,
        debated_on as date_on
    from debates
    where debated_on is not null
),

sittings as (
    select
        date_on,
        max(case when house = 'Commons' then 1 else 0 end) as commons,
        max(case when house = 'Lords' then 1 else 0 end) as lords
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
)

select
    -- dates
    days.date_on,

    -- flags
    coalesce(sittings.commons, 0) = 1 as is_commons_sitting_day,
    coalesce(sittings.lords, 0) = 1 as is_lords_sitting_day,

    -- counts
    cast(sum(coalesce(sittings.commons, 0)) over (order by days.date_on) as bigint) as commons_sitting_day_count,
    cast(sum(coalesce(sittings.lords, 0)) over (order by days.date_on) as bigint) as lords_sitting_day_count
from days
left join sittings on days.date_on = sittings.date_on
