with source_rows as (select * from {{ source('landing', 'document') }}),
document_sources as (select * from {{ ref('stg_landing__document_source') }})

select
    -- ids
    source_rows.document_id,
    source_rows.source,

    -- kinds
    source_rows.kind,
    source_rows.document_kind,
    source_rows.media_type,

    -- text
    source_rows.url,
    source_rows.title,
    source_rows.text as document_text,

    -- dates
    source_rows.published_on,

    -- flags
    document_sources.is_current,

    -- times
    document_sources.fetched_at,

    -- counts
    source_rows.byte_count,
    source_rows.record_count,
    source_rows.row_count,
    source_rows.refused_row_count,

    -- versions
    source_rows.parser_version
from source_rows
inner join document_sources
    on source_rows.document_id = document_sources.document_id
    and source_rows.source = document_sources.source
