{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('statement_key', {
    'int_statements': 'statement_key',
    'bridge_statement_topic': [['statement_key'], ['statement_key', 'int_statements.reply_to_question_key']],
}) %}

with statements as (select * from {{ ref('int_statements') }} {{ of_affected }}),
topics as (select * from {{ ref('bridge_statement_topic') }}),

own_topics as (
    select * from topics {{ of_affected }}
),

-- A reply is about what the question asks, also where its own words do not name it.
found as (
    select
        statement_key,
        topic_key,
        0 as is_from_question
    from own_topics
    union all
    select
        statements.statement_key,
        topics.topic_key,
        1 as is_from_question
    from statements
    inner join topics on statements.reply_to_question_key = topics.statement_key
)

select
    -- keys
    statement_key,
    topic_key,

    -- flags
    min(is_from_question) = 1 as is_from_question
from found
group by statement_key, topic_key
