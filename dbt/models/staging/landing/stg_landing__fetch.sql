with source_rows as (select * from {{ source('landing', 'fetch') }})

select
    -- ids
    fetch_id,
    source,
    run_id,
    document_id,

    -- kinds
    outcome,
    status_code,

    -- text
    url,
    error as error_text,

    -- flags
    is_new_document,

    -- counts
    byte_count,
    elapsed_ms,
    attempt,

    -- times
    requested_at
from source_rows
