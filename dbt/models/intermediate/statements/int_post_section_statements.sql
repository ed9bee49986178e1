{{ config(materialized=tracked_table()) }}

with documents as (select * from {{ ref('stg_landing__document') }}),
sections as (select * from {{ ref('stg_records__post_section') }}),
named_departments as (select * from {{ ref('int_named_departments') }})

select
    -- keys
    {{ surrogate_key(["'section'", "sections.document_id", "sections.section_ordinal"]) }} as statement_key,
    cast(null as string) as reply_to_question_key,
    named_departments.department_key,

    -- ids
    sections.document_id,
    sections.section_ordinal as statement_ordinal,

    -- kinds
    'post_section' as statement_kind,
    cast(null as string) as house,

    -- dates
    documents.published_on as stated_on
from sections
inner join documents on sections.document_id = documents.document_id
left join named_departments
    on documents.title = named_departments.naming_text
    and documents.published_on is not distinct from named_departments.named_on
