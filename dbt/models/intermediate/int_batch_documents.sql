with batches as (select * from {{ ref('stg_landing__batch') }})

select
    -- ids
    batch_id,
    source,
    {{ explode('document_ids') }} as document_id
from batches
