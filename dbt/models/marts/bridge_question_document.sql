{% set of_affected = affected_units('question_key', {
    'int_question_occurrences': 'question_key',
}) %}

select
    -- keys
    question_key,

    -- ids
    document_id,

    -- flags
    min(case when is_truncated then 1 else 0 end) = 1 as is_truncated,
    max(case when is_text_chosen then 1 else 0 end) = 1 as is_text_chosen,
    max(case when is_state_chosen then 1 else 0 end) = 1 as is_state_chosen,

    -- counts
    count(*) as occurrence_count
from {{ ref('int_question_occurrences') }} {{ of_affected }}
group by question_key, document_id
