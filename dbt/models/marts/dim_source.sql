with seeded as (
    select * from {{ ref('source') }}
),

documents as (
    select * from {{ ref('stg_landing__document') }}
),

seen as (
    select distinct source from documents
)

select
    -- ids
    coalesce(seeded.source, seen.source) as source,

    -- text
    coalesce(seeded.title, seen.source) as title,
    seeded.publisher,
    seeded.licence
from seeded
full outer join seen on seeded.source = seen.source
