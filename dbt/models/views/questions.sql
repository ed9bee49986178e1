with questions as (select * from {{ ref('fct_question') }}),
answers as (select * from {{ ref('fct_answer') }}),
question_answers as (select * from {{ ref('bridge_question_answer') }}),
members as (select * from {{ ref('dim_member') }}),
departments as (select * from {{ ref('dim_department') }}),

-- A question may have several answers. The last substantive one is shown; a holding answer only if it is the only one.
ranked_answers as (
    select
        question_answers.question_key,
        question_answers.answer_key,
        question_answers.response_days,
        question_answers.response_sitting_days,
        question_answers.is_late,
        question_answers.is_after_nominal_date,
        row_number() over (
            partition by question_answers.question_key
            order by answers.is_holding, answers.answered_on desc, question_answers.answer_key
        ) as answer_rank
    from question_answers
    inner join answers on question_answers.answer_key = answers.answer_key
),

topic_titles as (
    {{ topic_titles('bridge_question_topic', 'question_key') }}
)

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
    topic_titles.topics,
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
    ranked_answers.is_late,
    ranked_answers.is_after_nominal_date,

    -- counts
    ranked_answers.response_days,
    ranked_answers.response_sitting_days,

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
left join ranked_answers
    on questions.question_key = ranked_answers.question_key
    and ranked_answers.answer_rank = 1
left join answers on ranked_answers.answer_key = answers.answer_key
left join members as askers on questions.asking_member_key = askers.member_key
left join members as answerers on answers.answering_member_key = answerers.member_key
left join departments on questions.department_key = departments.department_key
left join departments as original_departments on questions.original_department_key = original_departments.department_key
left join topic_titles on questions.question_key = topic_titles.question_key
