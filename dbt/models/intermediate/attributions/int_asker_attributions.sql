{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('document_id', {
    'int_question_occurrences': 'document_id',
    'int_questions': ['question_key', 'int_question_occurrences'],
    'stg_records__question': 'document_id',
}) %}

with questions as (select * from {{ ref('int_questions') }}),
occurrences as (select * from {{ ref('int_question_occurrences') }} {{ of_affected }}),
question_records as (select * from {{ ref('stg_records__question') }} {{ of_affected }}),

-- The statement has the asker of one document; the other documents that carry the question have no statement key.
statements as (
    select
        occurrences.document_id,
        'question' as statement_kind,
        occurrences.question_ordinal as statement_ordinal,
        case
            when
                occurrences.document_id = questions.asker_document_id
                and occurrences.question_ordinal = questions.asker_question_ordinal
                then questions.question_key
        end as statement_key,
        questions.asked_on as stated_on,
        occurrences.is_identified
    from occurrences
    inner join questions on occurrences.question_key = questions.question_key
)

-- Each saved copy of a question is checked. Parliament's own record is checked once, however often it was fetched.
select
    {{ attribution(
        role="asker", person_ordinal="statements.statement_ordinal", is_author=true,
        member_id="question_records.asking_member_id", name_text="question_records.asked_by_text",
        party_text="question_records.asked_by_party_text",
        constituency_text="question_records.asked_by_constituency_text"
    ) }}
from statements
inner join question_records
    on statements.document_id = question_records.document_id
    and statements.statement_ordinal = question_records.question_ordinal
where not statements.is_identified or statements.statement_key is not null
