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
    error_text,

    -- times
    requested_at,

    -- flags
    is_new_document,

    -- counts
    byte_count,
    elapsed_ms,
    attempt
from {{ ref('stg_landing__fetch') }}
