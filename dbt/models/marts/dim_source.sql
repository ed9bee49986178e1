with known as (select * from {{ ref('stg_landing__source') }}),
documents as (select * from {{ ref('stg_landing__document') }}),

seen as (
    select distinct source from documents
)

select
    -- ids
    coalesce(known.source, seen.source) as source,

    -- text
    coalesce(known.title, seen.source) as title,
    known.publisher,
    known.licence,
    known.base_url
from known
full outer join seen on known.source = seen.source
