{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('document_id', {
    'int_questions': 'document_id',
}) %}

with questions as (select * from {{ ref('int_questions') }} {{ of_affected }})

select
    -- keys
    question_key as statement_key,
    cast(null as string) as reply_to_question_key,
    department_key,

    -- ids
    document_id,
    question_ordinal as statement_ordinal,

    -- kinds
    'question' as statement_kind,
    house,

    -- dates
    asked_on as stated_on
from questions
