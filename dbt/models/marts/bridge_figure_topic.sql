with figures as (select * from {{ ref('fct_funding_figure') }}),
topics as (select * from {{ ref('int_statement_topics') }})

select
    -- keys
    figures.figure_key,
    topics.topic_key,

    -- flags
    topics.is_from_question
from figures
inner join topics on figures.statement_key = topics.statement_key
