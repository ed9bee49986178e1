with successions as (select * from {{ ref('department_succession') }})

select
    -- keys
    {{ surrogate_key(["'department'", "department_code"]) }} as department_key,
    {{ surrogate_key(["'department'", "successor_code"]) }} as successor_department_key,

    -- text
    functions_text,
    source_text,

    -- dates
    succeeded_on
from successions
