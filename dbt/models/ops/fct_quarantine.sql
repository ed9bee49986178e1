with refusals as (
    select * from {{ ref('stg_landing__quarantine') }}
),

documents as (
    select * from {{ ref('stg_landing__document') }}
),

ranked as (
    select
        *,
        min(quarantined_at) over (partition by document_id, source) as first_seen_at,
        max(quarantined_at) over (partition by document_id, source) as last_seen_at,
        row_number() over (
            partition by document_id, source
            order by parser_version desc, quarantined_at desc, url
        ) as refusal_rank
    from refusals
)

select
    -- keys
    {{ surrogate_key(["'quarantine'", "ranked.document_id", "ranked.source"]) }} as quarantine_key,

    -- ids
    ranked.document_id,
    ranked.source,

    -- kinds
    ranked.kind as upstream_kind,
    ranked.stage,

    -- text
    ranked.url,
    ranked.reason,
    ranked.excerpt,

    -- times
    ranked.first_seen_at,
    ranked.last_seen_at,

    -- flags
    documents.document_kind is not null as is_resolved,

    -- counts
    ranked.parser_version
from ranked
inner join documents on ranked.document_id = documents.document_id
where ranked.refusal_rank = 1
