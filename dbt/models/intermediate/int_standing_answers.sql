{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('question_key', {
    'int_question_occurrences': 'question_key',
    'stg_records__answer': ['document_id', 'int_question_occurrences'],
}) %}

with occurrences as (select * from {{ ref('int_question_occurrences') }} {{ of_affected }}),
answers as (
    {{ records_where('stg_records__answer', sharing('document_id', 'int_question_occurrences', of_affected)) }}
),

exploded as (
    select
        answers.document_id,
        answers.answer_ordinal,
        answers.answering_member_id,
        answers.answered_on,
        answers.corrected_on,
        answers.is_holding,
        answers.is_truncated,
        answers.has_markup,
        {{ wording_hash('answers.answer_text') }} as text_hash,
        {{ normalise_text('answers.answer_text') }} as answer_words,
        {{ explode('answers.question_ordinals') }} as question_ordinal
    from answers
),

linked as (
    select
        exploded.*,
        occurrences.question_key,
        occurrences.is_identified,
        occurrences.is_state_chosen,
        occurrences.fetched_at
    from exploded
    inner join occurrences
        on exploded.document_id = occurrences.document_id
        and exploded.question_ordinal = occurrences.question_ordinal
),

states as (
    select *
    from linked
    where is_identified and is_state_chosen
)

-- They have the same state, or they are copies that continue a text that Parliament's record cuts. If Parliament's
-- record has no answer, all copies count.
select
    -- keys
    linked.question_key,

    -- ids
    linked.document_id,
    linked.answer_ordinal,
    linked.answering_member_id,

    -- text
    linked.text_hash,
    md5(linked.answer_words) as answer_text_hash,

    -- dates
    linked.answered_on,
    linked.fetched_at,

    -- flags
    linked.is_identified,
    linked.is_truncated,
    linked.has_markup
from linked
left join states on linked.question_key = states.question_key
where
    (
        linked.is_identified
        and linked.answered_on is not distinct from states.answered_on
        and linked.corrected_on is not distinct from states.corrected_on
        and linked.is_holding = states.is_holding
    )
    or (
        not linked.is_identified
        and (
            states.question_key is null
            or (
                states.is_truncated
                and substr(linked.answer_words, 1, length(states.answer_words)) = states.answer_words
            )
        )
    )
