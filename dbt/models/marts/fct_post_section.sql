with sections as (
    select * from {{ ref('stg_records__post_section') }}
),

documents as (
    select * from {{ ref('stg_landing__document') }}
),

post_departments as (
    select * from {{ ref('int_post_departments') }}
)

select
    -- keys
    {{ surrogate_key(["'section'", "sections.document_id", "sections.section_ordinal"]) }} as section_key,
    post_departments.department_key,

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
left join post_departments on sections.document_id = post_departments.document_id
