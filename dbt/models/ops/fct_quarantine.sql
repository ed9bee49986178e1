with quarantined as (
    select * from {{ ref('stg_landing__quarantine') }}
)

select
    -- keys
    {{ surrogate_key(["'quarantine'", "document_id", "source", "stage"]) }} as quarantine_key,

    -- ids
    document_id,
    source,

    -- kinds
    kind as upstream_kind,
    stage,

    -- text
    url,
    reason,
    excerpt,

    -- times
    quarantined_at,

    -- counts
    parser_version
from quarantined
