{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('document_id', {
    'int_question_copies': 'document_id',
    'int_question_uin_matches': 'document_id',
    'int_question_wording_matches': 'document_id',
    'int_unmatched_questions': 'document_id',
}) %}

with copies as (select * from {{ ref('int_question_copies') }} {{ of_affected }}),

matches as (
    select
        identified_question_key as question_key,
        document_id,
        question_ordinal,
        'id' as match_rule
    from copies
    where is_identified
    {% for rule, model in [
        ("uin", "int_question_uin_matches"),
        ("wording", "int_question_wording_matches"),
        ("none", "int_unmatched_questions"),
    ] %}
        union all
        select
            question_key,
            document_id,
            question_ordinal,
            '{{ rule }}' as match_rule
        from {{ ref(model) }} {{ of_affected }}
    {% endfor %}
)

select
    -- keys
    question_key,

    -- ids
    document_id,
    question_ordinal,

    -- kinds
    match_rule
from matches
