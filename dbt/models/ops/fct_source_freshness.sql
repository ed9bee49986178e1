with documents as (select * from {{ ref('stg_landing__document') }}),
fetches as (select * from {{ ref('stg_landing__fetch') }}),
batches as (select * from {{ ref('stg_landing__batch') }}),

sources as (
    select source from {{ ref('dim_source') }}
),

document_counts as (
    select
        source,
        count(*) as document_count,
        count(case when document_kind is null then 1 end) as quarantined_document_count,
        max(fetched_at) as last_document_at
    from documents
    group by source
),

fetch_counts as (
    select
        source,
        count(*) as fetch_count,
        count(
            case when outcome not in ('fetched', 'not_modified', 'redirected') then 1 end
        ) as failed_fetch_count,
        max(requested_at) as last_requested_at,
        max(case when outcome in ('fetched', 'not_modified') then requested_at end) as last_answered_at
    from fetches
    group by source
),

batch_counts as (
    select
        source,
        count(*) as batch_count,
        max(loaded_at) as last_loaded_at
    from batches
    group by source
)

select
    -- ids
    sources.source,

    -- times
    document_counts.last_document_at,
    fetch_counts.last_requested_at,
    fetch_counts.last_answered_at,
    batch_counts.last_loaded_at,

    -- counts
    coalesce(document_counts.document_count, 0) as document_count,
    coalesce(document_counts.quarantined_document_count, 0) as quarantined_document_count,
    coalesce(fetch_counts.fetch_count, 0) as fetch_count,
    coalesce(fetch_counts.failed_fetch_count, 0) as failed_fetch_count,
    coalesce(batch_counts.batch_count, 0) as batch_count
from sources
left join document_counts on sources.source = document_counts.source
left join fetch_counts on sources.source = fetch_counts.source
left join batch_counts on sources.source = batch_counts.source
