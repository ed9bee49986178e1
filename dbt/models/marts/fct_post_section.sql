select
    -- keys
    statements.statement_key as section_key,
    statements.department_key,

    -- ids
    sections.document_id,
    sections.section_ordinal,

    -- text
    sections.heading,
    sections.section_text,
    citations.public_url,
    citations.cite_as,

    -- dates
    statements.stated_on as published_on,

    -- span
    sections.char_start,
    sections.char_end
from {{ ref('stg_records__post_section') }} as sections
inner join {{ ref('int_statements') }} as statements
    on sections.document_id = statements.document_id
    and sections.section_ordinal = statements.statement_ordinal
    and statements.statement_kind = 'post_section'
left join {{ ref('int_post_citations') }} as citations on sections.document_id = citations.document_id
