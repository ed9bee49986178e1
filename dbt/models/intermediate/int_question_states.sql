{{ config(materialized=tracked_table()) }}

with questions as (select * from {{ ref('int_questions') }}),
question_answers as (select * from {{ ref('int_answers') }}),
answers as (select * from {{ ref('stg_records__answer') }}),
changes as (select * from {{ ref('int_question_changes') }}),
missed as (select * from {{ ref('int_missed_questions') }}),
sessions as (select * from {{ ref('parliament_session') }}),
calendar as (select * from {{ ref('int_calendar') }}),

as_of as (
    select *
    from {{ ref('int_as_of') }}
    where source = 'written_questions'
),

given as (
    select
        question_answers.question_key,
        min(answers.answered_on) as answered_on,
        max(case when answers.is_holding then 0 else 1 end) = 1 as is_substantive
    from question_answers
    inner join answers
        on question_answers.document_id = answers.document_id
        and question_answers.answer_ordinal = answers.answer_ordinal
    group by question_answers.question_key
),

-- A saved document does not say how a question stands now. A holding answer does not end the wait. A question that was
-- seen again after a gap is known up to the end of the stretch after it.
open_questions as (
    select
        questions.question_key,
        questions.house,
        questions.tabled_on,
        questions.due_on,
        as_of.as_of_on,
        {{ is_due_date_binding('questions') }} as is_binding
    from questions
    left join given on questions.question_key = given.question_key
    left join changes on questions.question_key = changes.question_key
    left join missed on questions.question_key = missed.question_key
    left join as_of
        on questions.house = as_of.house
        and {{ holds_on('as_of', 'greatest(questions.tabled_on, changes.known_until_on)') }}
    where
        questions.question_type = 'written'
        and questions.question_id is not null
        and missed.question_key is null
        and not coalesce(given.is_substantive, false)
        and not coalesce(questions.is_withdrawn, false)
),

newest_days as (
    select
        house,
        max(as_of_on) as as_of_on
    from as_of
    group by house
),

-- What is answered on the last day of a session is still answered, so a question has lapsed from the day after. Of a
-- question whose session ended in a gap, it is not known whether it was answered before.
lapsed as (
    select
        open_questions.question_key,
        sessions.ended_on as lapsed_on
    from open_questions
    inner join sessions on open_questions.tabled_on between sessions.opened_on and sessions.ended_on
    inner join newest_days
        on open_questions.house = newest_days.house
        and sessions.ended_on < newest_days.as_of_on
    where sessions.ended_on <= open_questions.as_of_on
),

-- The days after the due date. Only a due date that binds makes a question overdue.
past_due as (
    select
        open_questions.question_key,
        open_questions.is_binding,
        {{ days_between('open_questions.due_on', 'open_questions.as_of_on') }} as overdue_days,
        {{ sitting_days_between('open_questions.house', 'due', 'newest') }} as overdue_sitting_days
    from open_questions
    left join lapsed on open_questions.question_key = lapsed.question_key
    left join calendar as due on open_questions.due_on = due.date_on
    left join calendar as newest on open_questions.as_of_on = newest.date_on
    where
        lapsed.question_key is null
        and open_questions.due_on < open_questions.as_of_on
)

select
    -- keys
    questions.question_key,
    changes.original_department_key,

    -- kinds
    case
        when missed.question_key is not null then 'deleted'
        when lapsed.question_key is not null then 'lapsed'
        when questions.is_withdrawn and not coalesce(given.is_substantive, false) then 'withdrawn'
        when given.question_key is not null then 'answered'
        else 'unanswered'
    end as status,

    -- dates
    given.answered_on,
    lapsed.lapsed_on,
    open_questions.as_of_on,
    changes.transfer_seen_on,
    changes.withdrawal_seen_on,
    missed.missed_on,

    -- flags
    given.question_key is not null as is_answered,
    given.question_key is not null and not given.is_substantive as has_only_holding_answer,
    coalesce(past_due.is_binding, false) as is_overdue,
    coalesce(not past_due.is_binding, false) as is_past_nominal_date,

    -- counts
    case when past_due.is_binding then past_due.overdue_days end as overdue_days,
    case when past_due.is_binding then past_due.overdue_sitting_days end as overdue_sitting_days
from questions
left join given on questions.question_key = given.question_key
left join open_questions on questions.question_key = open_questions.question_key
left join lapsed on questions.question_key = lapsed.question_key
left join past_due on questions.question_key = past_due.question_key
left join changes on questions.question_key = changes.question_key
left join missed on questions.question_key = missed.question_key
