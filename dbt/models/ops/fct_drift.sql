select
    -- ids
    source,

    -- text
    field_path,
    min(example) as example,

    -- counts
    count(distinct document_id) as document_count
from {{ ref('stg_records__drift') }}
group by source, field_path
