{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('answer_text_hash', {
    'int_answers': 'answer_text_hash',
    'stg_records__answer': ['document_id', 'int_answers'],
    'stg_records__answer_signature': ['document_id', 'int_answers'],
}) %}

with question_answers as (select * from {{ ref('int_answers') }} {{ of_affected }}),
answers as (select * from {{ ref('stg_records__answer') }}),
signatures as (select * from {{ ref('stg_records__answer_signature') }})

select
    -- text
    question_answers.answer_text_hash,
    min(signatures.run_hashes) as run_hashes,
    min(signatures.band_hashes) as band_hashes,
    min(signatures.number_hashes) as number_hashes,
    min(signatures.name_hashes) as name_hashes,
    min(signatures.place_hashes) as place_hashes,
    min(signatures.filling_hashes) as filling_hashes,

    -- dates
    coalesce(min(answers.answered_on), {{ distant_future() }}) as first_given_on,

    -- counts
    count(*) as answer_count
from question_answers
inner join answers
    on question_answers.document_id = answers.document_id
    and question_answers.answer_ordinal = answers.answer_ordinal
inner join signatures
    on question_answers.document_id = signatures.document_id
    and question_answers.answer_ordinal = signatures.statement_ordinal
where question_answers.is_primary
group by question_answers.answer_text_hash
