with documents as (select * from {{ ref('stg_landing__document') }}),

newest as (
    {{ first_rows("documents", "source, url", "fetched_at desc, document_id") }}
),

counted as (
    select
        source,
        coalesce(row_count, 0) as row_count,
        case when document_kind is null then 1 else 0 end as lost_document_count,
        case when document_kind is null and url like '%?%' then 1 else 0 end as lost_page_count,
        count(document_kind) over (partition by source, kind) as understood_count_of_kind,
        case
            when document_kind is null
                then ceil(greatest(coalesce(avg(row_count) over (partition by source, kind), 1), 1))
            else coalesce(refused_row_count, 0)
        end as refused_row_count
    from newest
),

sums as (
    select
        source,
        cast(sum(row_count) as bigint) as row_count,
        cast(sum(refused_row_count) as bigint) as refused_row_count,
        cast(sum(refused_row_count * lost_document_count) as bigint) as row_count_of_lost_documents,
        cast(sum(lost_document_count) as bigint) as lost_document_count,
        sum(lost_page_count) as lost_page_count,
        max(case when lost_document_count = 1 then understood_count_of_kind end) as understood_count_of_kind,
        count(*) as document_count
    from counted
    group by source
)

select
    -- ids
    source,

    -- counts
    row_count,
    refused_row_count,
    document_count,
    lost_document_count,
    -- One document is tolerated if several others of its kind are understood and it is no page of a list.
    case
        when lost_document_count = 1 and lost_page_count = 0 and understood_count_of_kind >= 5
            then row_count_of_lost_documents
        else 0
    end as tolerated_row_count,

    -- shares
    cast(refused_row_count as double) / nullif(row_count + refused_row_count, 0) as lost_row_share
from sums
