{% set of_affected = affected_units('document_id', {
    'stg_landing__document': 'document_id',
}) %}

with documents as (select * from {{ ref('stg_landing__document') }} {{ of_affected }})

select
    -- ids
    documents.document_id,
    documents.source,

    -- kinds
    documents.kind as upstream_kind,
    documents.document_kind,
    documents.media_type,

    -- text
    documents.title,
    case when documents.url like 'https://%' then '' else coalesce(sources.base_url, '') end || documents.url as url,
    documents.document_text,

    -- dates
    documents.published_on,

    -- flags
    documents.document_kind is null as is_quarantined,
    documents.is_current,

    -- counts
    documents.byte_count,
    documents.record_count,

    -- versions
    documents.parser_version
from documents
left join {{ ref('stg_landing__source') }} as sources on documents.source = sources.source
