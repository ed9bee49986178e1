with source_rows as (select * from {{ source('landing', 'quarantine') }})

select
    -- ids
    document_id,
    source,

    -- kinds
    kind,
    stage,

    -- text
    url,
    row_address,
    reason,
    excerpt,

    -- versions
    parser_version,

    -- times
    quarantined_at
from source_rows
