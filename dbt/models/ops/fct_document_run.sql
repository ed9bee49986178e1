select
    -- ids
    document_id,
    source,
    run_id,

    -- flags
    max(case when is_new_document then 1 else 0 end) = 1 as is_new_document,

    -- counts
    count(*) as fetch_count,

    -- times
    min(requested_at) as requested_at
from {{ ref('stg_landing__fetch') }}
where document_id is not null
group by document_id, source, run_id
