with documents as (
    select * from {{ ref('stg_landing__document') }}
)

select
    -- ids
    document_id,
    source,

    -- kinds
    kind as upstream_kind,
    document_kind,
    media_type,

    -- text
    title,
    url,
    document_text,

    -- dates
    published_on,

    -- flags
    document_kind is null as is_quarantined,

    -- counts
    byte_count,
    record_count,
    parser_version
from documents
