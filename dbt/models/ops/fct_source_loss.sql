with documents as (select * from {{ ref('stg_landing__document') }}),

newest as (
    {{ first_rows("documents", "source, url", "fetched_at desc, document_id") }}
),

counted as (
    select
        source,
        coalesce(row_count, 0) as row_count,
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
        cast(sum(refused_row_count) as bigint) as refused_row_count
    from counted
    group by source
)

select
    -- ids
    source,

    -- counts
    row_count,
    refused_row_count,

    -- shares
    cast(refused_row_count as double) / nullif(row_count + refused_row_count, 0) as lost_row_share
from sums
