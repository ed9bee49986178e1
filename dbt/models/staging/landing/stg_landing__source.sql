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

    -- kinds
    freshness_calendar,

    -- counts
    max_lag_days,
    allowed_missed_days
from source_rows
