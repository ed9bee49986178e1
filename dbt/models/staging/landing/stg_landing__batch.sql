with source_rows as (select * from {{ source('landing', 'batch') }})

select
    -- ids
    batch_id,
    source,

    -- dates
    interval_start as interval_start_on,
    interval_end as interval_end_on,

    -- flags
    instr(batch_id, '_unread-') = 0 and instr(batch_id, '_lacking') = 0 as is_read_whole,

    -- lists
    document_ids,

    -- counts
    document_count,

    -- times
    fetched_at as batch_fetched_at,
    loaded_at
from source_rows
