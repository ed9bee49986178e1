with refusals as (select * from {{ ref('stg_landing__quarantine') }}),
documents as (select * from {{ ref('stg_landing__document') }}),

seen as (
    select
        *,
        min(quarantined_at) over (partition by document_id, source, row_address) as first_seen_at,
        max(quarantined_at) over (partition by document_id, source, row_address) as last_seen_at
    from refusals
),

newest as (
    {{ first_rows("seen", "document_id, source, row_address", "quarantined_at desc, parser_version, url") }}
)

select
    -- keys
    {{ surrogate_key(["'quarantine'", "newest.document_id", "newest.source", "newest.row_address"]) }}
        as quarantine_key,

    -- ids
    newest.document_id,
    newest.source,

    -- kinds
    newest.kind as upstream_kind,
    newest.stage,

    -- text
    newest.url,
    newest.row_address,
    newest.reason,
    newest.excerpt,

    -- times
    newest.first_seen_at,
    newest.last_seen_at,

    -- flags
    documents.document_kind is not null
    and (newest.row_address is null or newest.parser_version != documents.parser_version) as is_resolved,

    -- versions
    newest.parser_version
from newest
inner join documents on newest.document_id = documents.document_id
