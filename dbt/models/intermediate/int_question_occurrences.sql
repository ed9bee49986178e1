{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('question_key', {
    'int_question_keys': 'question_key',
    'stg_landing__document': ['document_id', 'int_question_keys'],
    'stg_records__question': ['document_id', 'int_question_keys'],
    'stg_records__answer': ['document_id', 'int_question_keys'],
}) %}

with documents as (select * from {{ ref('stg_landing__document') }}),
questions as (
    {{ records_where('stg_records__question', sharing('document_id', 'int_question_keys', of_affected)) }}
),
question_keys as (select * from {{ ref('int_question_keys') }} {{ of_affected }}),
answers as (
    select * from {{ ref('stg_records__answer') }} {{ sharing('document_id', 'int_question_keys', of_affected) }}
),

exploded_answers as (
    select
        document_id,
        {{ explode('question_ordinals') }} as question_ordinal,
        {{ surrogate_key([
            "answered_on", "answering_member_id", "is_holding", "held_on", "is_correction", "corrected_on"
        ]) }} as state_hash
    from answers
),

answer_states as (
    select
        document_id,
        question_ordinal,
        max(state_hash) as state_hash
    from exploded_answers
    group by document_id, question_ordinal
),

keyed as (
    select
        question_keys.question_key,
        questions.document_id,
        questions.question_ordinal,
        questions.question_id is not null as is_identified,
        questions.is_truncated,
        questions.has_markup,
        documents.fetched_at,
        {{ wording_hash('questions.question_text') }} as text_hash,
        {{ surrogate_key([
            "questions.uin", "questions.asking_member_id", "questions.answering_body_id",
            "questions.answering_body_text", "questions.heading", "questions.house", "questions.tabled_on",
            "questions.due_on", "questions.is_named_day", "questions.is_withdrawn",
            "questions.has_declared_interest", "questions.grouped_with", "answer_states.state_hash"
        ]) }} as state_hash
    from questions
    inner join documents on questions.document_id = documents.document_id
    inner join question_keys
        on questions.document_id = question_keys.document_id
        and questions.question_ordinal = question_keys.question_ordinal
    left join answer_states
        on questions.document_id = answer_states.document_id
        and questions.question_ordinal = answer_states.question_ordinal
),

newest as (
    select
        *,
        {{ newest_wording('question_ordinal') }} as newest_text_hash,
        {{ newest_hash("state_hash", "question_ordinal", "is_identified desc") }} as newest_state_hash
    from keyed
),

-- The state is that of the newest document that carries Parliament's id, failing that of the newest copy; as with the
-- wording, of documents that say the same one is cited, whatever the order they were fetched in.
ranked as (
    select
        *,
        {{ wording_rank('question_ordinal') }} as text_rank,
        {{ citation_rank("state_hash", "question_ordinal", "is_identified desc") }} as state_rank
    from newest
)

select
    -- keys
    question_key,

    -- ids
    document_id,
    question_ordinal,

    -- flags
    is_identified,
    is_truncated,
    text_rank = 1 as is_text_chosen,
    state_rank = 1 as is_state_chosen,

    -- times
    fetched_at
from ranked
