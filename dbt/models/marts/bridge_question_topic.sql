{% set of_affected = affected_units('question_key', {
    'bridge_statement_topic': 'statement_key',
}) %}

with statement_topics as (select * from {{ ref('bridge_statement_topic') }} {{ renamed(of_affected, 'statement_key') }})

select
    -- keys
    statement_key as question_key,
    topic_key,

    -- text
    phrases_text,

    -- flags
    is_in_heading,

    -- counts
    phrase_count
from statement_topics
where statement_kind = 'question'
