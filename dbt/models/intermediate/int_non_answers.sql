{{ config(materialized=tracked_table()) }}

with question_answers as (select * from {{ ref('int_answers') }}),
non_answers as (select * from {{ ref('stg_records__non_answer') }})

select
    -- keys
    question_answers.answer_key,

    -- kinds
    non_answers.non_answer_kind,

    -- text
    non_answers.phrase
from question_answers
inner join non_answers
    on question_answers.document_id = non_answers.document_id
    and question_answers.answer_ordinal = non_answers.statement_ordinal
where question_answers.is_primary
