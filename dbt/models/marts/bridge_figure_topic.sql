{% set of_affected = affected_units('figure_key', {
    'fct_funding_figure': 'figure_key',
    'int_statement_topics': ['statement_key', 'fct_funding_figure'],
}) %}

with figures as (select * from {{ ref('fct_funding_figure') }} {{ of_affected }}),
topics as (select * from {{ ref('int_statement_topics') }})

select
    -- keys
    figures.figure_key,
    topics.topic_key,

    -- flags
    topics.is_from_question
from figures
inner join topics on figures.statement_key = topics.statement_key
