select
    -- keys
    member_status_key,
    member_key,

    -- ids
    member_id,
    document_id,

    -- kinds
    status_kind,

    -- text
    status_text,
    status_notes_text,

    -- dates
    valid_from,
    valid_to,
    confirmed_on,

    -- flags
    is_current
from {{ ref('int_member_statuses') }}
