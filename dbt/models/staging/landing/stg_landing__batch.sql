with source_rows as (select * from {{ source('landing', 'batch') }})

select
    -- ids
    batch_id,
    source,

    -- dates
    interval_start as interval_start_on,
    interval_end as interval_end_on,

    -- counts
    document_count,

    -- times
    loaded_at
from source_rows
