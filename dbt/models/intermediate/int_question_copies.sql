{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('document_id', {
    'stg_landing__document': 'document_id',
    'stg_records__question': 'document_id',
    'stg_records__answer': 'document_id',
}) %}

with documents as (select * from {{ ref('stg_landing__document') }} {{ of_affected }}),
questions as ({{ records_where('stg_records__question', of_affected) }}),
answers as (select * from {{ ref('stg_records__answer') }} {{ of_affected }}),
bodies as (select * from {{ ref('int_answering_bodies') }}),
department_labels as (select * from {{ ref('int_department_labels') }}),

labels_printed as (
    select distinct
        questions.answering_body_text,
        coalesce(questions.tabled_on, documents.published_on) as printed_on
    from questions
    inner join documents on questions.document_id = documents.document_id
    where questions.answering_body_text is not null
),

bodies_printed as (
    select
        labels_printed.answering_body_text,
        labels_printed.printed_on,
        department_labels.department_key
    from labels_printed
    inner join department_labels
        on {{ normalise_label('labels_printed.answering_body_text') }} = department_labels.label
        and {{ holds_on('department_labels', 'labels_printed.printed_on') }}
),

exploded_answers as (
    select
        document_id,
        {{ explode('question_ordinals') }} as question_ordinal,
        answered_on
    from answers
),

answer_days as (
    select
        document_id,
        question_ordinal,
        min(answered_on) as answered_on
    from exploded_answers
    group by document_id, question_ordinal
),

described as (
    select
        questions.document_id,
        questions.question_ordinal,
        questions.uin,
        questions.asking_member_id,
        questions.question_type,
        questions.house,
        questions.tabled_on,
        answer_days.answered_on,
        questions.is_truncated,
        questions.question_id is not null as is_identified,
        case when questions.question_type = 'topical' then 'oral' else questions.question_type end as question_form,
        coalesce(bodies.department_key, bodies_printed.department_key) as department_key,
        {{ normalise_name('questions.asked_by_text') }} as asker_label,
        {{ normalise_wording('questions.question_text') }} as wording,
        case
            when questions.question_type != 'written'
                then coalesce(questions.due_on, answer_days.answered_on, documents.published_on)
        end as put_on,
        case
            when questions.question_id is null then cast(null as string)
            when questions.question_type = 'written'
                then {{ surrogate_key(["'written question'", "questions.question_id"]) }}
            else {{ surrogate_key(["'oral question'", "questions.question_id"]) }}
        end as identified_question_key
    from questions
    inner join documents on questions.document_id = documents.document_id
    left join bodies on questions.answering_body_id = bodies.answering_body_id
    left join bodies_printed
        on questions.answering_body_text = bodies_printed.answering_body_text
        and coalesce(questions.tabled_on, documents.published_on) is not distinct from bodies_printed.printed_on
    left join answer_days
        on questions.document_id = answer_days.document_id
        and questions.question_ordinal = answer_days.question_ordinal
)

select
    -- keys
    identified_question_key,
    department_key,

    -- ids
    document_id,
    question_ordinal,
    uin,
    asking_member_id,

    -- text
    asker_label,
    wording,
    md5(wording) as wording_hash,
    md5(substr(wording, 1, 200)) as opening_hash,

    -- kinds
    question_form,
    question_type,
    house,

    -- dates
    tabled_on,
    answered_on,
    put_on,

    -- flags
    is_identified,
    is_truncated
from described
