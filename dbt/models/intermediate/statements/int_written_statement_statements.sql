{{ config(materialized=tracked_table()) }}

with written_statements as (select * from {{ ref('int_written_statements') }}),
department_labels as (select * from {{ ref('int_department_labels') }}),
bodies as (select * from {{ ref('int_answering_bodies') }})

select
    -- keys
    written_statements.written_statement_key as statement_key,
    cast(null as string) as reply_to_question_key,
    coalesce(bodies.department_key, department_labels.department_key) as department_key,

    -- ids
    written_statements.document_id,
    written_statements.written_statement_ordinal as statement_ordinal,

    -- kinds
    'written_statement' as statement_kind,
    written_statements.house,

    -- dates
    written_statements.made_on as stated_on
from written_statements
left join bodies on written_statements.answering_body_id = bodies.answering_body_id
left join department_labels
    on {{ normalise_label('written_statements.answering_body_text') }} = department_labels.label
    and written_statements.answering_body_id is null
    and {{ holds_on('department_labels', 'written_statements.made_on') }}
where written_statements.is_primary
