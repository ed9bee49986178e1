{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('contribution_key', {
    'int_statements': 'statement_key',
    'stg_records__contribution': ['document_id', 'int_statements', 'statement_key'],
    'stg_records__debate': ['document_id', 'int_statements', 'statement_key'],
    'int_question_occurrences': ['document_id', 'int_statements', 'statement_key'],
    'int_answers': ['document_id', 'int_statements', 'statement_key'],
}) %}

with contributions as (select * from {{ ref('stg_records__contribution') }}),
debates as (select * from {{ ref('stg_records__debate') }}),
statements as (select * from {{ ref('int_statements') }} {{ renamed(of_affected, 'statement_key') }}),
occurrences as (select * from {{ ref('int_question_occurrences') }}),
answers as (select * from {{ ref('int_answers') }})

select
    -- keys
    statements.statement_key as contribution_key,
    occurrences.question_key,
    answers.answer_key,

    -- text
    {{ debate_url('debates.house', 'debates.debated_on', 'debates.debate_id', 'debates.title') }}
    || '#contribution-' || contributions.contribution_id as public_url,
    {{ cite_debate('debates.house', 'statements.stated_on', 'debates.title') }} as cite_as
from contributions
inner join statements
    on contributions.document_id = statements.document_id
    and contributions.contribution_ordinal = statements.statement_ordinal
    and statements.statement_kind = 'contribution'
left join debates
    on contributions.document_id = debates.document_id
    and contributions.debate_ordinal = debates.debate_ordinal
left join occurrences
    on contributions.document_id = occurrences.document_id
    and contributions.question_ordinal = occurrences.question_ordinal
left join answers
    on contributions.document_id = answers.document_id
    and contributions.answer_ordinal = answers.answer_ordinal
    and answers.is_primary
