with source_rows as (select * from {{ source('landing', 'source') }})

select
    -- ids
    source,

    -- text
    title,
    publisher,
    licence,
    base_url,

    -- lists
    houses,

    -- counts
    max_lag_sitting_days
from source_rows
