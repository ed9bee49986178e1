with issues as (select * from {{ ref('fct_attribution_issue') }}),
documents as (select * from {{ ref('dim_document') }}),
sources as (select * from {{ ref('dim_source') }}),

named as (
    select document_id
    from {{ ref('int_attributions') }}
    union
    select document_id
    from issues
),

published as (
    select
        documents.document_id,
        documents.source,
        documents.document_kind
    from documents
    inner join named on documents.document_id = named.document_id
),

document_counts as (
    select
        source,
        document_kind,
        count(*) as document_count
    from published
    group by source, document_kind
)

select
    -- ids
    published.source,

    -- kinds
    published.document_kind,
    issues.issue_kind,
    issues.severity,

    -- text
    sources.publisher,

    -- counts
    count(*) as issue_count,
    cast(sum(issues.occurrence_count) as bigint) as occurrence_count,
    count(distinct issues.document_id) as faulty_document_count,
    document_counts.document_count
from issues
inner join published on issues.document_id = published.document_id
inner join document_counts
    on published.source = document_counts.source
    and published.document_kind = document_counts.document_kind
left join sources on published.source = sources.source
group by
    published.source,
    published.document_kind,
    issues.issue_kind,
    issues.severity,
    sources.publisher,
    document_counts.document_count
