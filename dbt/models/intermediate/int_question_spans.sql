{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('question_key', {
    'fct_question': 'question_key',
    'int_questions': 'question_key',
    'stg_records__question_words': ['document_id', 'int_questions'],
}) %}

with questions as (select * from {{ ref('fct_question') }} {{ of_affected }}),
chosen as (select * from {{ ref('int_questions') }} {{ of_affected }}),
question_words as (
    select * from {{ ref('stg_records__question_words') }} {{ sharing('document_id', 'int_questions', of_affected) }}
),

worded as (
    select
        questions.question_key,
        questions.asking_member_id,
        questions.department_key,
        questions.asked_on,
        question_words.word_hashes,
        cast(floor({{ days_between("cast('2000-01-01' as date)", 'questions.asked_on') }} / 60.0) as bigint) as span
    from questions
    inner join chosen on questions.question_key = chosen.question_key
    inner join question_words
        on chosen.document_id = question_words.document_id
        and chosen.question_ordinal = question_words.statement_ordinal
    where
        questions.asking_member_id is not null
        and questions.department_key is not null
        and questions.asked_on is not null
)

{% for ahead in (0, 1) %}
    select
        -- keys
        question_key,
        {{ surrogate_key(["asking_member_id", "department_key", "span + " ~ ahead]) }} as span_key,

        -- text
        word_hashes,

        -- dates
        asked_on,

        -- flags
        {{ "true" if ahead == 0 else "false" }} as is_own_span
    from worded
    {{ "union all" if not loop.last }}
{% endfor %}
