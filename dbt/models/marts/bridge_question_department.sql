with sightings as (select * from {{ ref('int_question_sightings') }}),

compared as (
    select
        *,
        lag(department_key) over (
            partition by question_key
            order by seen_at, interval_end_on, document_id, question_ordinal
        ) as previous_department_key
    from sightings
    where department_key is not null
),

arrivals as (
    select
        question_key,
        department_key,
        interval_end_on as seen_on,
        row_number() over (
            partition by question_key
            order by seen_at, interval_end_on, document_id, question_ordinal
        ) as stay_ordinal,
        lead(interval_end_on) over (
            partition by question_key
            order by seen_at, interval_end_on, document_id, question_ordinal
        ) as left_on,
        count(*) over (partition by question_key) as stay_count
    from compared
    where previous_department_key is null or previous_department_key != department_key
)

select
    -- keys
    {{ surrogate_key(["'stay'", "question_key", "stay_ordinal"]) }} as question_department_key,
    question_key,
    department_key,

    -- dates
    seen_on,
    left_on,

    -- flags
    stay_ordinal = stay_count as is_current,

    -- counts
    cast(stay_ordinal as bigint) as stay_ordinal
from arrivals
where stay_count > 1
