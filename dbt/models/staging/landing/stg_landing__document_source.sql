{{ config(materialized='table') }}

with source_rows as (
    select * from {{ source('landing', 'document') }}
),

-- A document of one of these kinds is fetched again when it is revised, and its newest version is current. Every page
-- of a list or feed is current.
ranked as (
    select
        document_id,
        source,
        kind,
        row_number() over (
            partition by document_id
            order by case when source = 'inbox' then 1 else 0 end, source
        ) as source_rank,
        case
            when kind in ('debate', 'section_tree', 'sections', 'post', 'detail', 'biography')
                then row_number() over (
                        partition by source, url
                        order by case when document_kind is null then 1 else 0 end, fetched_at desc, document_id
                    )
            else 1
        end as version_rank
    from source_rows
)

select
    -- ids
    document_id,
    source,

    -- flags
    version_rank = 1 as is_current,
    version_rank = 1 or kind = 'detail' as is_read
from ranked
where source_rank = 1
