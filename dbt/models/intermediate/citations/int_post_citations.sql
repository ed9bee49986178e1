with statements as (select * from {{ ref('int_post_section_statements') }}),
documents as (select * from {{ ref('stg_landing__document') }}),
sources as (select * from {{ ref('stg_landing__source') }}),
departments as (select * from {{ ref('int_departments') }}),

sections as (
    select
        document_id,
        min(department_key) as department_key
    from statements
    group by document_id
)

select
    -- ids
    documents.document_id,

    -- text
    case when documents.url like 'https://%' then '' else sources.base_url end || documents.url as public_url,
    {{ cite_page('documents.title', 'departments.department_name', 'documents.published_on') }} as cite_as
from sections
inner join documents on sections.document_id = documents.document_id
left join sources on documents.source = sources.source
left join departments on sections.department_key = departments.department_key
