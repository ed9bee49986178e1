{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('question_key', {
    'int_questions': 'question_key',
    'int_contribution_citations': 'question_key',
}) %}

with questions as (select * from {{ ref('int_questions') }} {{ of_affected }}),
turns as (select * from {{ ref('int_contribution_citations') }} {{ of_affected }}),

-- An oral question has no page of its own. It is cited by the turn of the debate in which it was put.
first_turns as (
    {{ first_rows(
        "(select * from turns where question_key is not null)",
        "question_key",
        "case when public_url is null then 1 else 0 end, contribution_key"
    ) }}
)

select
    -- keys
    questions.question_key,

    -- text
    case
        when questions.question_type = 'written'
            then {{ question_page('written-questions', 'questions.tabled_on', 'questions.uin') }}
        else first_turns.public_url
    end as public_url,
    case
        when questions.question_type = 'written'
            then {{ cite_numbered("'PQ '", 'questions.uin', 'questions.heading', 'questions.tabled_on') }}
        else first_turns.cite_as
    end as cite_as
from questions
left join first_turns on questions.question_key = first_turns.question_key
