with questions as (select * from {{ ref('fct_question') }}),
answers as (select * from {{ ref('fct_answer') }}),
question_answers as (select * from {{ ref('bridge_question_answer') }}),
members as (select * from {{ ref('dim_member') }}),
departments as (select * from {{ ref('dim_department') }})

select
    -- ids
    questions.uin,

    -- kinds
    questions.house,
    questions.question_type,
    questions.status,

    -- dates
    questions.asked_on,
    questions.tabled_on,
    questions.due_on,
    questions.answered_on,
    questions.lapsed_on,
    questions.transfer_seen_on,
    questions.withdrawal_seen_on,
    questions.missed_on,

    -- text
    coalesce(askers.name, questions.asked_by_text) as asked_by,
    askers.party as asked_by_party,
    askers.constituency as asked_by_constituency,
    coalesce(departments.department_name, questions.answering_body_text) as department,
    original_departments.department_name as original_department,
    {{ topic_titles('bridge_question_topic', 'questions', 'question_key') }} as topics,
    questions.heading,
    questions.question_text,
    answers.answer_text,
    coalesce(answerers.name, answers.answered_by_text) as answered_by,
    answers.answered_by_post_text as answered_by_post,
    answers.non_answer_kind,

    -- flags
    questions.is_answered,
    questions.is_named_day,
    questions.is_overdue,
    question_answers.is_late,
    question_answers.is_after_nominal_date,

    -- counts
    question_answers.response_days,
    question_answers.response_sitting_days,

    -- text
    questions.public_url,
    questions.cite_as,

    -- keys
    questions.question_key,
    answers.answer_key,
    questions.asking_member_key,
    questions.department_key,

    -- ids
    questions.asking_member_id,
    questions.document_id
from questions
left join question_answers
    on questions.question_key = question_answers.question_key
    and question_answers.is_last_answer
left join answers on question_answers.answer_key = answers.answer_key
left join members as askers on questions.asking_member_key = askers.member_key
left join members as answerers on answers.answering_member_key = answerers.member_key
left join departments on questions.department_key = departments.department_key
left join departments as original_departments on questions.original_department_key = original_departments.department_key
