with source_rows as (select * from {{ source('landing', 'source') }})

select
    -- ids
    source,

    -- text
    title,
    publisher,
    licence,
    base_url
from source_rows
