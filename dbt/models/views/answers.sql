with answers as (select * from {{ ref('fct_answer') }}),
questions as (select * from {{ ref('fct_question') }}),
members as (select * from {{ ref('dim_member') }}),
departments as (select * from {{ ref('dim_department') }})

select
    -- kinds
    answers.house,
    answers.non_answer_kind,

    -- dates
    answers.answered_on,

    -- ids
    questions.uin as first_uin,

    -- text
    coalesce(answerers.name, answers.answered_by_text) as answered_by,
    answers.answered_by_post_text as answered_by_post,
    answerers.party as answered_by_party,
    coalesce(departments.department_name, questions.answering_body_text) as department,
    questions.heading,
    answers.answer_text,
    questions.question_text as first_question_text,
    coalesce(askers.name, questions.asked_by_text) as asked_by,
    askers.party as asked_by_party,

    -- counts
    answers.question_count,
    answers.response_days,
    answers.response_sitting_days,

    -- flags
    answers.is_late,
    answers.is_after_nominal_date,
    answers.is_holding,
    answers.is_correction,

    -- text
    answers.public_url,
    answers.cite_as,

    -- keys
    answers.answer_key,
    answers.first_question_key,
    answers.repeat_cluster_key,
    answers.answering_member_key,
    answers.department_key,

    -- ids
    answers.document_id
from answers
left join questions on answers.first_question_key = questions.question_key
left join members as answerers on answers.answering_member_key = answerers.member_key
left join members as askers on questions.asking_member_key = askers.member_key
left join departments on answers.department_key = departments.department_key
