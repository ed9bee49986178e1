{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('answer_text_hash', {
    'int_answers': 'answer_text_hash',
    'stg_records__answer': ['document_id', 'int_answers'],
    'stg_records__answer_signature': ['document_id', 'int_answers'],
}) %}

with question_answers as (select * from {{ ref('int_answers') }} {{ of_affected }}),
answers as (select * from {{ ref('stg_records__answer') }}),
signatures as (
    {{ records_where('stg_records__answer_signature', sharing('document_id', 'int_answers', of_affected)) }}
),

given as (
    select
        question_answers.answer_text_hash,
        question_answers.document_id,
        question_answers.answer_ordinal,
        min(answers.answered_on) over (partition by question_answers.answer_text_hash) as first_given_on,
        count(*) over (partition by question_answers.answer_text_hash) as answer_count,
        row_number() over (
            partition by question_answers.answer_text_hash
            order by question_answers.document_id, question_answers.answer_ordinal
        ) as answer_rank
    from question_answers
    inner join answers
        on question_answers.document_id = answers.document_id
        and question_answers.answer_ordinal = answers.answer_ordinal
    inner join signatures
        on question_answers.document_id = signatures.document_id
        and question_answers.answer_ordinal = signatures.statement_ordinal
    where question_answers.is_primary
)

-- Texts that are equal when normalised may differ in their signature, for example by a capital. That of the first
-- counts. It is looked up last, because a list is dear to carry through a window.
select
    -- text
    given.answer_text_hash,
    signatures.run_hashes,
    signatures.band_hashes,
    signatures.number_hashes,
    signatures.name_hashes,
    signatures.place_hashes,
    signatures.filling_hashes,

    -- dates
    coalesce(given.first_given_on, {{ distant_future() }}) as first_given_on,

    -- counts
    given.answer_count
from given
inner join signatures
    on given.document_id = signatures.document_id
    and given.answer_ordinal = signatures.statement_ordinal
where given.answer_rank = 1
