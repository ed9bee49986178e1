{{ config(materialized=tracked_table()) }}

with source_rows as (select * from {{ source('landing', 'document') }}),

-- The last time at which a site gave the body again, whether it was sent or had not changed.
sightings as (
    select
        document_id,
        source,
        max(requested_at) as last_requested_at
    from {{ ref('stg_landing__fetch') }}
    where document_id is not null
    group by document_id, source
),

seen as (
    select
        source_rows.document_id,
        source_rows.source,
        source_rows.kind,
        source_rows.url,
        source_rows.document_kind,
        {{ surrogate_key([
            "source_rows.parser_version", "source_rows.reading_version", "source_rows.parsed_at",
            "source_rows.document_kind", "source_rows.url", "source_rows.kind", "source_rows.media_type"
        ]) }} as version_hash,
        greatest(source_rows.fetched_at, sightings.last_requested_at) as fetched_at
    from source_rows
    left join sightings
        on source_rows.document_id = sightings.document_id
        and source_rows.source = sightings.source
),

-- A document of one of these kinds is fetched again when it is revised, and its newest version is current. Every page
-- of a list or feed is current. The versions of a daily file differ in the letters at the end of its name.
ranked as (
    select
        document_id,
        source,
        kind,
        version_hash,
        fetched_at,
        row_number() over (
            partition by document_id
            order by case when source = 'inbox' then 1 else 0 end, source
        ) as source_rank,
        case
            when
                kind in (
                    'debate', 'section_tree', 'sections', 'post', 'detail', 'biography', 'posts', 'member', 'daily_file'
                )
                then row_number() over (
                        partition by
                            source,
                            case
                                when kind = 'daily_file' then {{ replace_pattern('url', "[a-z]*[.]xml$", "") }}
                                else url
                            end
                        order by case when document_kind is null then 1 else 0 end, fetched_at desc, document_id
                    )
            else 1
        end as version_rank
    from seen
)

select
    -- ids
    document_id,
    source,

    -- flags
    version_rank = 1 as is_current,
    version_rank = 1 or kind = 'detail' as is_read,

    -- times
    fetched_at,

    -- versions
    version_hash
from ranked
where source_rank = 1
