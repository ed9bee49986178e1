with batches as (select * from {{ ref('stg_landing__batch') }}),
batch_documents as (select * from {{ ref('int_batch_documents') }}),
documents as (select * from {{ ref('stg_landing__document') }}),

-- The last time at which a site gave a document of the window, or said that it had not changed.
documented as (
    select
        batch_documents.batch_id,
        max(documents.fetched_at) as last_given_at,
        max(
            case when documents.document_kind is null or coalesce(documents.refused_row_count, 0) > 0 then 1 else 0 end
        ) = 0 as is_understood
    from batch_documents
    inner join documents on batch_documents.document_id = documents.document_id
    group by batch_documents.batch_id
),

dated as (
    select
        batches.batch_id,
        batches.source,
        batches.interval_start_on,
        batches.interval_end_on,
        batches.batch_fetched_at,
        {{ london_date('documented.last_given_at') }} as given_on,
        coalesce(documented.is_understood, false) as is_understood
    from batches
    left join documented on batches.batch_id = documented.batch_id
    where batches.is_read_whole
)

select
    -- ids
    batch_id,
    source,

    -- dates
    interval_start_on,
    interval_end_on,
    case
        when given_on <= interval_end_on then {{ day_before('given_on') }}
        else interval_end_on
    end as complete_until_on,

    -- times
    batch_fetched_at,

    -- flags
    is_understood,
    coalesce(given_on <= {{ day_after('interval_end_on') }}, false) as is_timely
from dated
