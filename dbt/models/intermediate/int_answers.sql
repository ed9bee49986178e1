{{ config(materialized=tracked_table()) }}

with answers as (select * from {{ ref('int_cited_answers') }}),
questions as (select * from {{ ref('int_questions') }}),

-- Grouped questions of Parliament's record share one answer if text, day and answerer are equal. A copy says itself
-- which questions each of its answers is to.
sharing as (
    select
        answers.*,
        questions.tabled_on,
        questions.question_id,
        case
            when answers.is_identified
                then {{ surrogate_key([
                    "coalesce(questions.question_group_key, answers.question_key)", "answers.answered_on",
                    "answers.answering_member_id", "answers.answer_text_hash"
                ]) }}
            else {{ surrogate_key(["answers.document_id", "answers.answer_ordinal"]) }}
        end as sharing_key
    from answers
    inner join questions on answers.question_key = questions.question_key
),

first_questions as (
    select
        *,
        first_value(question_key) over (
            partition by sharing_key
            order by tabled_on nulls last, question_id nulls last, question_key
        ) as first_question_key,
        first_value(answer_number) over (
            partition by sharing_key
            order by tabled_on nulls last, question_id nulls last, question_key
        ) as first_answer_number
    from sharing
),

keyed as (
    select
        *,
        {{ surrogate_key(["'answer'", "first_question_key", "first_answer_number"]) }} as answer_key
    from first_questions
)

select
    -- keys
    question_key,
    answer_key,

    -- ids
    document_id,
    answer_ordinal,

    -- text
    answer_text_hash,

    -- flags
    row_number() over (
        partition by answer_key
        order by tabled_on nulls last, question_id nulls last, question_key
    ) = 1 as is_primary
from keyed
