{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('document_id', {
    'stg_landing__document': 'document_id',
    'stg_records__debate': 'document_id',
    'stg_records__contribution': 'document_id',
    'int_question_occurrences': 'document_id',
    'int_questions': ['question_key', 'int_question_occurrences'],
}) %}

with documents as (select * from {{ ref('stg_landing__document') }} {{ of_affected }}),
questions as (select * from {{ ref('int_questions') }}),
occurrences as (select * from {{ ref('int_question_occurrences') }} {{ of_affected }}),
debates as (select * from {{ ref('stg_records__debate') }} {{ of_affected }}),
contributions as (select * from {{ ref('stg_records__contribution') }} {{ of_affected }})

select
    -- keys
    {{ surrogate_key([
        "'contribution'", "contributions.document_id", "contributions.contribution_ordinal"
    ]) }} as statement_key,
    questions.question_key as reply_to_question_key,
    questions.department_key,

    -- ids
    contributions.document_id,
    contributions.contribution_ordinal as statement_ordinal,

    -- kinds
    'contribution' as statement_kind,
    debates.house,

    -- dates
    coalesce(debates.debated_on, documents.published_on) as stated_on
from contributions
inner join documents on contributions.document_id = documents.document_id
left join debates
    on contributions.document_id = debates.document_id
    and contributions.debate_ordinal = debates.debate_ordinal
-- The turn that this one replies to may be a question put in the House.
left join contributions as asked
    on contributions.document_id = asked.document_id
    and contributions.reply_to_ordinal = asked.contribution_ordinal
left join occurrences
    on asked.document_id = occurrences.document_id
    and asked.question_ordinal = occurrences.question_ordinal
left join questions on occurrences.question_key = questions.question_key
