{{ config(materialized=tracked_table()) }}

select
    -- keys
    question_answers.question_key,
    question_answers.answer_key,

    -- counts
    {{ days_between('questions.tabled_on', 'answers.answered_on') }} as response_days,
    {{ sitting_days_between('questions.house', 'tabled', 'answered') }} as response_sitting_days,

    -- flags
    case
        when {{ is_due_date_binding('questions') }} then answers.answered_on > questions.due_on
    end as is_late,
    case
        when {{ is_due_date_nominal('questions') }} then answers.answered_on > questions.due_on
    end as is_after_nominal_date,
    row_number() over (
        partition by question_answers.question_key
        order by answers.is_holding, answers.answered_on desc nulls last, question_answers.answer_key
    ) = 1 as is_last_answer
from {{ ref('int_answers') }} as question_answers
inner join {{ ref('int_questions') }} as questions on question_answers.question_key = questions.question_key
inner join {{ ref('stg_records__answer') }} as answers
    on question_answers.document_id = answers.document_id
    and question_answers.answer_ordinal = answers.answer_ordinal
left join {{ ref('int_calendar') }} as tabled on questions.tabled_on = tabled.date_on
left join {{ ref('int_calendar') }} as answered on answers.answered_on = answered.date_on
