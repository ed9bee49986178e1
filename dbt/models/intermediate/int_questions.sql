with occurrences as (
    select * from {{ ref('int_question_occurrences') }}
),

questions as (
    select * from {{ ref('stg_records__question') }}
),

documents as (
    select * from {{ ref('stg_landing__document') }}
),

departments as (
    select * from {{ ref('int_departments') }}
),

department_labels as (
    select * from {{ ref('int_department_labels') }}
),

text_rows as (
    select
        question_key,
        document_id,
        question_ordinal,
        is_truncated
    from occurrences
    where is_text_chosen
),

state_rows as (
    select
        occurrences.question_key,
        occurrences.is_identified,
        questions.question_id,
        questions.uin,
        questions.asking_member_id,
        questions.answering_body_id,
        questions.asked_by_text,
        questions.asked_by_party_text,
        questions.asked_by_constituency_text,
        questions.answering_body_text,
        questions.heading,
        questions.question_type,
        questions.house,
        questions.tabled_on,
        questions.due_on,
        questions.is_named_day,
        questions.is_withdrawn,
        questions.has_declared_interest,
        documents.published_on,
        case
            when not occurrences.is_identified and questions.group_ordinal is not null
                then {{ surrogate_key(["'group'", "questions.document_id", "questions.group_ordinal"]) }}
            when {{ list_length('questions.grouped_with') }} > 0
                then {{ surrogate_key([
                    "'group'",
                    "questions.house",
                    "least(cast(questions.tabled_on as string) || '/' || questions.uin, "
                    ~ list_least('questions.grouped_with') ~ ")",
                ]) }}
        end as question_group_key
    from occurrences
    inner join questions
        on occurrences.document_id = questions.document_id
        and occurrences.question_ordinal = questions.question_ordinal
    inner join documents on questions.document_id = documents.document_id
    where occurrences.is_state_chosen
),

bodies as (
    select
        answering_body_id,
        min(department_key) as department_key
    from departments
    where answering_body_id is not null
    group by answering_body_id
),

labels_printed as (
    select distinct answering_body_text
    from state_rows
    where answering_body_text is not null
),

bodies_printed as (
    select
        labels_printed.answering_body_text,
        department_labels.department_key
    from labels_printed
    inner join department_labels
        on {{ normalise_label('labels_printed.answering_body_text') }} = department_labels.label
)

select
    -- keys
    state_rows.question_key,
    state_rows.question_group_key,
    coalesce(bodies.department_key, bodies_printed.department_key) as department_key,

    -- ids
    text_rows.document_id,
    text_rows.question_ordinal,
    state_rows.question_id,
    state_rows.uin,
    state_rows.asking_member_id,
    state_rows.answering_body_id,

    -- text
    state_rows.asked_by_text,
    state_rows.asked_by_party_text,
    state_rows.asked_by_constituency_text,
    state_rows.answering_body_text,
    state_rows.heading,

    -- kinds
    state_rows.question_type,
    state_rows.house,

    -- dates
    state_rows.tabled_on,
    state_rows.due_on,
    coalesce(state_rows.tabled_on, state_rows.published_on) as asked_on,

    -- flags
    state_rows.is_identified,
    state_rows.is_named_day,
    state_rows.is_withdrawn,
    state_rows.has_declared_interest,
    text_rows.is_truncated
from state_rows
inner join text_rows on state_rows.question_key = text_rows.question_key
left join bodies on state_rows.answering_body_id = bodies.answering_body_id
left join bodies_printed on state_rows.answering_body_text = bodies_printed.answering_body_text
