with question_answers as (
    select * from {{ ref('int_answers') }}
),

questions as (
    select * from {{ ref('int_questions') }}
),

answers as (
    select * from {{ ref('stg_records__answer') }}
),

calendar as (
    select * from {{ ref('int_calendar') }}
)

select
    -- keys
    question_answers.question_key,
    question_answers.answer_key,

    -- counts
    {{ days_between('questions.tabled_on', 'answers.answered_on') }} as response_days,
    case questions.house
        when 'Commons' then answered.commons_sitting_day_count - tabled.commons_sitting_day_count
        when 'Lords' then answered.lords_sitting_day_count - tabled.lords_sitting_day_count
    end as response_sitting_days,

    -- flags
    answers.answered_on > questions.due_on as is_late
from question_answers
inner join questions on question_answers.question_key = questions.question_key
inner join answers
    on question_answers.document_id = answers.document_id
    and question_answers.answer_ordinal = answers.answer_ordinal
left join calendar as tabled on questions.tabled_on = tabled.date_on
left join calendar as answered on answers.answered_on = answered.date_on
