with seeded as (select * from {{ ref('department') }}),
aliases as (select * from {{ ref('department_alias') }}),
successions as (select * from {{ ref('department_succession') }}),
questions as (select * from {{ ref('stg_records__question') }}),
written_statements as (select * from {{ ref('stg_records__written_statement') }}),
posts as (select * from {{ ref('stg_records__government_post') }}),

known_labels as (
    {{ seeded_labels("department_code", "seeded", "aliases") }}
),

printed as (
    select distinct
        answering_body_id,
        answering_body_text as printed_text
    from questions
    where answering_body_text is not null
    union
    select distinct
        answering_body_id,
        answering_body_text as printed_text
    from written_statements
    where answering_body_text is not null
    union
    select distinct
        cast(null as bigint) as answering_body_id,
        department_text as printed_text
    from posts
    where department_text is not null
),

labelled as (
    select
        answering_body_id,
        printed_text,
        {{ normalise_label('printed_text') }} as label
    from printed
),

unlisted as (
    select
        labelled.label,
        min(labelled.answering_body_id) as answering_body_id,
        min(labelled.printed_text) as department_name
    from labelled
    left join known_labels on labelled.label = known_labels.label
    left join seeded on labelled.answering_body_id = seeded.answering_body_id
    where known_labels.label is null and seeded.answering_body_id is null
    group by labelled.label
),

departments as (
    select
        department_code as natural_key,
        department_code,
        answering_body_id,
        name as department_name,
        abbreviation,
        established_on,
        abolished_on,
        true as is_seeded
    from seeded
    union all
    select
        label as natural_key,
        cast(null as string) as department_code,
        answering_body_id,
        department_name,
        cast(null as string) as abbreviation,
        cast(null as date) as established_on,
        cast(null as date) as abolished_on,
        false as is_seeded
    from unlisted
),

-- The work of a department that was split went to no one department.
sole_successors as (
    select
        department_code,
        min(successor_code) as successor_code
    from successions
    group by department_code
    having count(*) = 1
)

select
    -- keys
    {{ surrogate_key(["'department'", "departments.natural_key"]) }} as department_key,
    case
        when sole_successors.successor_code is not null
            then {{ surrogate_key(["'department'", "sole_successors.successor_code"]) }}
    end as successor_department_key,

    -- ids
    departments.department_code,
    departments.answering_body_id,

    -- text
    departments.department_name,
    departments.abbreviation,

    -- dates
    departments.established_on,
    departments.abolished_on,

    -- flags
    departments.is_seeded
from departments
left join sole_successors on departments.department_code = sole_successors.department_code
