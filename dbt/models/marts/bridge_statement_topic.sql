{% set of_affected = affected_units('statement_key', {
    'int_statements': 'statement_key',
    'stg_records__topic_mention': ['document_id', 'int_statements'],
    'int_questions': 'question_key',
    'int_question_occurrences': 'question_key',
    'stg_records__question': ['document_id', 'int_question_occurrences', 'question_key'],
}) %}
{% set of_questions = renamed(of_affected, 'question_key') %}
{% set in_documents = sharing('document_id', 'int_question_occurrences', of_questions) %}

with statements as (select * from {{ ref('int_statements') }} {{ of_affected }}),
mentions as (
    {{ records_where('stg_records__topic_mention', sharing('document_id', 'int_statements', of_affected)) }}
),
mentions_in_headings as ({{ records_where('stg_records__topic_mention', in_documents) }}),
chosen_questions as (select * from {{ ref('int_questions') }} {{ of_questions }}),
occurrences as (select * from {{ ref('int_question_occurrences') }} {{ of_questions }}),
questions as ({{ records_where('stg_records__question', in_documents) }}),

-- The heading of a question may come from another document than its text.
found as (
    select
        statements.statement_key,
        statements.statement_kind,
        mentions.topic_key,
        mentions.phrase,
        mentions.is_in_heading
    from mentions
    inner join statements on {{ is_in_statement('mentions', 'statements') }}
    where mentions.statement_kind != 'question' or not mentions.is_in_heading
    union all
    select
        chosen_questions.question_key as statement_key,
        'question' as statement_kind,
        mentions_in_headings.topic_key,
        mentions_in_headings.phrase,
        mentions_in_headings.is_in_heading
    from mentions_in_headings
    inner join occurrences
        on mentions_in_headings.document_id = occurrences.document_id
        and mentions_in_headings.statement_ordinal = occurrences.question_ordinal
    inner join questions
        on mentions_in_headings.document_id = questions.document_id
        and mentions_in_headings.statement_ordinal = questions.question_ordinal
    inner join chosen_questions
        on occurrences.question_key = chosen_questions.question_key
        and questions.heading = chosen_questions.heading
    where mentions_in_headings.statement_kind = 'question' and mentions_in_headings.is_in_heading
)

select
    -- keys
    statement_key,
    topic_key,

    -- kinds
    statement_kind,

    -- text
    {{ join_distinct('phrase') }} as phrases_text,

    -- flags
    max(case when is_in_heading then 1 else 0 end) = 1 as is_in_heading,

    -- counts
    cast({{ list_length(distinct_values('phrase')) }} as bigint) as phrase_count
from found
group by statement_key, statement_kind, topic_key
