select
    -- keys
    department_name_key,
    department_key,

    -- text
    alias,

    -- kinds
    alias_kind,

    -- dates
    valid_from,
    valid_to
from {{ ref('int_department_names') }}
