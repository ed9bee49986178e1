{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('document_id', {
    'int_answers': 'document_id',
    'int_questions': ['question_key', 'int_answers'],
    'stg_landing__document': 'document_id',
    'stg_records__answer': 'document_id',
}) %}

with documents as (select * from {{ ref('stg_landing__document') }} {{ of_affected }}),
questions as (select * from {{ ref('int_questions') }}),
question_answers as (select * from {{ ref('int_answers') }} {{ of_affected }}),
answers as (select * from {{ ref('stg_records__answer') }} {{ of_affected }})

select
    -- keys
    question_answers.answer_key as statement_key,
    question_answers.question_key as reply_to_question_key,
    questions.department_key,

    -- ids
    question_answers.document_id,
    question_answers.answer_ordinal as statement_ordinal,

    -- kinds
    'answer' as statement_kind,
    questions.house,

    -- dates
    coalesce(answers.answered_on, questions.asked_on, documents.published_on) as stated_on
from question_answers
inner join questions on question_answers.question_key = questions.question_key
inner join documents on question_answers.document_id = documents.document_id
inner join answers
    on question_answers.document_id = answers.document_id
    and question_answers.answer_ordinal = answers.answer_ordinal
where question_answers.is_primary
