with departments as (select * from {{ ref('int_departments') }}),
aliases as (select * from {{ ref('department_alias') }}),

names as (
    select
        department_key,
        department_name as alias,
        'name' as alias_kind,
        established_on as valid_from,
        abolished_on as valid_to
    from departments
    union all
    select
        department_key,
        abbreviation as alias,
        'abbreviation' as alias_kind,
        established_on as valid_from,
        abolished_on as valid_to
    from departments
    where abbreviation is not null
    union all
    select
        departments.department_key,
        aliases.alias,
        'alias' as alias_kind,
        aliases.valid_from,
        aliases.valid_to
    from aliases
    inner join departments on aliases.department_code = departments.department_code
)

select
    -- keys
    {{ surrogate_key(["'department name'", "department_key", "alias_kind", "alias"]) }} as department_name_key,
    department_key,

    -- text
    alias,
    {{ normalise_label('alias') }} as label,

    -- kinds
    alias_kind,

    -- dates
    valid_from,
    valid_to
from names
