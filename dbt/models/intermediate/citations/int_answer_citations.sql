{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('answer_key', {
    'int_answers': 'answer_key',
    'int_questions': ['question_key', 'int_answers'],
    'int_question_citations': ['question_key', 'int_answers'],
    'int_contribution_citations': 'answer_key',
}) %}

with answers as (select * from {{ ref('int_answers') }} {{ of_affected }}),
questions as (select * from {{ ref('int_questions') }}),
citations as (select * from {{ ref('int_question_citations') }}),
turns as (select * from {{ ref('int_contribution_citations') }} {{ of_affected }}),

-- The answer to several questions is cited by the first of them, which is the one with the lowest number.
first_questions as (
    {{ first_rows(
        "(
            select
                answers.answer_key,
                questions.question_key,
                questions.uin,
                questions.question_type
            from answers
            inner join questions on answers.question_key = questions.question_key
        )",
        "answer_key",
        "length(uin), uin, question_key"
    ) }}
),

first_turns as (
    {{ first_rows(
        "(select * from turns where answer_key is not null)",
        "answer_key",
        "case when public_url is null then 1 else 0 end, contribution_key"
    ) }}
)

select
    -- keys
    first_questions.answer_key,
    first_questions.question_key as first_question_key,

    -- text
    case
        when first_questions.question_type = 'written' then citations.public_url
        else coalesce(first_turns.public_url, citations.public_url)
    end as public_url,
    case
        when first_questions.question_type = 'written' then citations.cite_as
        else coalesce(first_turns.cite_as, citations.cite_as)
    end as cite_as
from first_questions
left join citations on first_questions.question_key = citations.question_key
left join first_turns on first_questions.answer_key = first_turns.answer_key
