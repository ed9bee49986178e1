with sections as (
    select * from {{ ref('stg_records__post_section') }}
),

documents as (
    select * from {{ ref('stg_landing__document') }}
),

named_departments as (
    select * from {{ ref('int_named_departments') }}
)

select
    -- keys
    {{ surrogate_key(["'section'", "sections.document_id", "sections.section_ordinal"]) }} as section_key,
    named_departments.department_key,

    -- ids
    sections.document_id,
    sections.section_ordinal,

    -- text
    sections.heading,
    sections.section_text,

    -- dates
    documents.published_on,

    -- span
    sections.char_start,
    sections.char_end
from sections
inner join documents on sections.document_id = documents.document_id
left join named_departments
    on documents.title = named_departments.naming_text
    and documents.published_on is not distinct from named_departments.named_on
