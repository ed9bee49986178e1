with departments as (
    select * from {{ ref('int_departments') }}
),

aliases as (
    select * from {{ ref('department_alias') }}
),

labels as (
    select
        department_key,
        {{ normalise_label('department_name') }} as label,
        1 as preference
    from departments
    union all
    select
        department_key,
        {{ normalise_label('abbreviation') }} as label,
        2 as preference
    from departments
    where abbreviation is not null
    union all
    select
        departments.department_key,
        {{ normalise_label('aliases.alias') }} as label,
        3 as preference
    from aliases
    inner join departments on aliases.department_code = departments.department_code
),

ranked as (
    select
        label,
        department_key,
        row_number() over (partition by label order by preference, department_key) as label_rank
    from labels
)

select
    -- keys
    department_key,

    -- text
    label
from ranked
where label_rank = 1
