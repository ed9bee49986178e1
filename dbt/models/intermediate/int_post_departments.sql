with documents as (
    select * from {{ ref('stg_landing__document') }}
),

departments as (
    select * from {{ ref('int_departments') }}
),

-- A press post names its department in its title: "Home Office in the media".
candidates as (
    select
        documents.document_id,
        departments.department_key,
        row_number() over (
            partition by documents.document_id
            order by length(departments.department_name) desc, departments.department_key
        ) as preference
    from documents
    inner join departments
        on instr(
            ' ' || {{ normalise_label('documents.title') }} || ' ',
            ' ' || {{ normalise_label('departments.department_name') }} || ' '
        ) > 0
    where documents.document_kind = 'press_post'
)

select
    -- keys
    department_key,

    -- ids
    document_id
from candidates
where preference = 1
