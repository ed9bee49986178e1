select
    -- keys
    questions.question_key,
    answers.answer_key,
    questions.department_key,
    questions.asking_member_key,
    answers.answering_member_key,

    -- ids
    questions.uin,

    -- kinds
    questions.house,

    -- text
    departments.department_name,
    questions.heading,

    -- dates
    questions.tabled_on,
    questions.due_on,
    answers.held_on,
    answers.answered_on,

    -- flags
    answers.is_holding,

    -- counts
    {{ days_between('questions.due_on', 'answers.answered_on') }} as days_late_count
from {{ ref('fct_question') }} as questions
inner join {{ ref('bridge_question_answer') }} as question_answers
    on questions.question_key = question_answers.question_key
inner join {{ ref('fct_answer') }} as answers on question_answers.answer_key = answers.answer_key
left join {{ ref('dim_department') }} as departments on questions.department_key = departments.department_key
where questions.is_named_day and question_answers.is_late
