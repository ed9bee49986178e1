with departments as (select * from {{ ref('int_departments') }}),
labels as (select * from {{ ref('int_department_labels') }}),

joined_labels as (
    select
        department_key,
        {{ join_distinct('label') }} as labels_text
    from labels
    group by department_key
)

select
    -- keys
    departments.department_key,
    departments.successor_department_key,

    -- ids
    cast(departments.answering_body_id as bigint) as answering_body_id,

    -- text
    departments.department_name,
    departments.abbreviation,
    joined_labels.labels_text,

    -- dates
    departments.established_on,
    departments.abolished_on,

    -- flags
    departments.is_seeded
from departments
left join joined_labels on departments.department_key = joined_labels.department_key
