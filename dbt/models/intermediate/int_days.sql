with sitting_days as (select * from {{ ref('stg_records__sitting_day') }}),
questions as (select * from {{ ref('int_questions') }}),
answers as (select * from {{ ref('stg_records__answer') }}),
debates as (select * from {{ ref('stg_records__debate') }}),
documents as (select * from {{ ref('stg_landing__document') }}),
batches as (select * from {{ ref('stg_landing__batch') }}),

mentioned as (
    select sat_on as date_on from sitting_days
    union all
    select debated_on as date_on from debates
    union all
    select tabled_on as date_on from questions
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
)

select {{ explode_days('first_on', 'last_on') }} as date_on
from bounds
