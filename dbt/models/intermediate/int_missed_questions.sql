with questions as (select * from {{ ref('int_questions') }}),
sightings as (select * from {{ ref('int_question_sightings') }}),

windows as (
    select *
    from {{ ref('int_windows') }}
    where source = 'written_questions' and is_understood
),

fetches as (
    select *
    from {{ ref('stg_landing__fetch') }}
    where source = 'written_questions'
),

sighted as (
    select
        sightings.question_key,
        questions.question_id,
        questions.tabled_on,
        max(sightings.fetched_at) as last_seen_at
    from sightings
    inner join questions on sightings.question_key = questions.question_key
    group by sightings.question_key, questions.question_id, questions.tabled_on
),

runs as (
    select
        run_id,
        max(cast({{ extract_pattern('url', 'answeredWhenTo=([0-9-]+)', 1) }} as date)) as interval_end_on
    from fetches
    group by run_id
),

-- A run asks one by one for the open questions that are no longer listed as unanswered.
not_found as (
    select
        cast({{ extract_pattern('fetches.url', '/questions/([0-9]+)$', 1) }} as bigint) as question_id,
        fetches.requested_at,
        runs.interval_end_on
    from fetches
    inner join runs on fetches.run_id = runs.run_id
    where fetches.outcome = 'not_found'
),

-- The windows that were fetched after a question was seen last, and that should have it: those of its day, and those
-- of a run to which the site said that it has no such question. A capture may lack the details of any question.
due as (
    select
        sighted.question_key,
        windows.batch_id,
        windows.interval_end_on
    from sighted
    inner join windows
        on sighted.tabled_on between windows.interval_start_on and windows.complete_until_on
        and sighted.last_seen_at < windows.batch_fetched_at
    union all
    select
        sighted.question_key,
        windows.batch_id,
        windows.interval_end_on
    from sighted
    inner join not_found
        on sighted.question_id = not_found.question_id
        and sighted.last_seen_at < not_found.requested_at
    inner join windows
        on not_found.interval_end_on = windows.interval_end_on
        and sighted.last_seen_at < windows.batch_fetched_at
    where windows.is_timely
)

select
    -- keys
    due.question_key,

    -- dates
    min(due.interval_end_on) as missed_on
from due
left join sightings
    on due.question_key = sightings.question_key
    and due.batch_id = sightings.batch_id
where sightings.question_key is null
group by due.question_key
