with sections as (
    select distinct document_id
    from {{ ref('stg_records__post_section') }}
),

documents as (select * from {{ ref('stg_landing__document') }}),
sources as (select * from {{ ref('stg_landing__source') }})

select
    -- ids
    documents.document_id,

    -- text
    case when documents.url like 'https://%' then '' else sources.base_url end || documents.url as public_url,
    {{ cite_page('documents.title', 'sources.publisher', 'documents.published_on') }} as cite_as
from sections
inner join documents on sections.document_id = documents.document_id
left join sources on documents.source = sources.source
