with documents as (select * from {{ ref('stg_landing__document') }}),
posts as (select * from {{ ref('stg_records__government_post') }}),
departments as (select * from {{ ref('int_departments') }}),
labels as (select * from {{ ref('int_department_labels') }}),

texts as (
    select
        title as naming_text,
        published_on as named_on
    from documents
    where document_kind = 'press_post' and title is not null
    union
    select
        post_text as naming_text,
        start_on as named_on
    from posts
),

-- Each text is normalised once, and not once for each label.
normalised as (
    select
        naming_text,
        named_on,
        ' ' || {{ normalise_label('naming_text') }} || ' ' as normalised_text
    from texts
),

-- Abbreviations do not count.
candidates as (
    select
        texts.naming_text,
        texts.named_on,
        labels.department_key,
        length(labels.label) as label_length
    from normalised as texts
    inner join labels
        on instr(texts.normalised_text, ' ' || labels.label || ' ') > 0
        and {{ holds_on('labels', 'texts.named_on') }}
    inner join departments on labels.department_key = departments.department_key
    where
        departments.is_seeded
        and (departments.abbreviation is null or labels.label != {{ normalise_label('departments.abbreviation') }})
),

-- The longest name counts, so that "Department for Transport" is not read as "Transport".
longest as (
    {{ first_rows("candidates", "naming_text, named_on", "label_length desc, department_key") }}
)

select
    -- keys
    department_key,

    -- text
    naming_text,

    -- dates
    named_on
from longest
