select
    -- keys
    min(department_key) as department_key,

    -- ids
    answering_body_id
from {{ ref('int_departments') }}
where answering_body_id is not null
group by answering_body_id
