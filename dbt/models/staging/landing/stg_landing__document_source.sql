{{ config(materialized='table') }}

with source_rows as (
    select * from {{ source('landing', 'document') }}
),

ranked as (
    select
        document_id,
        source,
        row_number() over (
            partition by document_id
            order by case when source = 'inbox' then 1 else 0 end, source
        ) as source_rank
    from source_rows
)

select
    -- ids
    document_id,
    source
from ranked
where source_rank = 1
