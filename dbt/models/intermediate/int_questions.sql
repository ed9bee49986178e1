{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('question_key', {
    'int_question_occurrences': 'question_key',
    'int_question_copies': ['document_id', 'int_question_occurrences'],
    'int_question_groups': 'question_key',
    'stg_landing__document': ['document_id', 'int_question_occurrences'],
    'stg_records__question': ['document_id', 'int_question_occurrences'],
}) %}

with occurrences as (select * from {{ ref('int_question_occurrences') }} {{ of_affected }}),
copies as (select * from {{ ref('int_question_copies') }}),
questions as (select * from {{ ref('stg_records__question') }}),
documents as (select * from {{ ref('stg_landing__document') }}),

described as (
    select
        occurrences.question_key,
        occurrences.is_identified,
        occurrences.is_text_chosen,
        occurrences.is_state_chosen,
        copies.department_key,
        questions.*,
        documents.published_on,
        case
            when
                questions.asking_member_id is null
                and questions.asked_by_text is null
                and questions.asked_by_constituency_text is null
                then 1
            else 0
        end as is_nobody
    from occurrences
    inner join questions
        on occurrences.document_id = questions.document_id
        and occurrences.question_ordinal = questions.question_ordinal
    inner join copies
        on occurrences.document_id = copies.document_id
        and occurrences.question_ordinal = copies.question_ordinal
    inner join documents on occurrences.document_id = documents.document_id
),

text_rows as (
    select *
    from described
    where is_text_chosen
),

state_rows as (
    select *
    from described
    where is_state_chosen
),

-- The values of copies, used where the document that has the state gives none.
copied as (
    select
        question_key,
        min(department_key) as department_key,
        min(uin) as uin,
        min(answering_body_text) as answering_body_text,
        min(heading) as heading,
        min(house) as house,
        min(tabled_on) as tabled_on,
        min(due_on) as due_on,
        min(published_on) as published_on
    from described
    where not is_identified
    group by question_key
),

grouped as (
    select
        question_key,
        min(question_group_key) as question_group_key
    from {{ ref('int_question_groups') }}
    group by question_key
),

-- Who asks is taken from one document: the one that has the state, unless it names nobody.
askers as (
    {{ first_rows(
        "described",
        "question_key",
        "is_nobody, is_state_chosen desc, is_identified desc, document_id, question_ordinal"
    ) }}
)

select
    -- keys
    state_rows.question_key,
    grouped.question_group_key,
    coalesce(state_rows.department_key, copied.department_key) as department_key,

    -- ids
    text_rows.document_id,
    text_rows.question_ordinal,
    askers.document_id as asker_document_id,
    askers.question_ordinal as asker_question_ordinal,
    state_rows.question_id,
    coalesce(state_rows.uin, copied.uin) as uin,
    askers.asking_member_id,
    state_rows.answering_body_id,

    -- text
    askers.asked_by_text,
    askers.asked_by_party_text,
    askers.asked_by_constituency_text,
    coalesce(state_rows.answering_body_text, copied.answering_body_text) as answering_body_text,
    coalesce(state_rows.heading, copied.heading) as heading,

    -- kinds
    state_rows.question_type,
    coalesce(state_rows.house, copied.house) as house,

    -- dates
    coalesce(state_rows.tabled_on, copied.tabled_on) as tabled_on,
    coalesce(state_rows.due_on, copied.due_on) as due_on,
    coalesce(
        state_rows.tabled_on, copied.tabled_on, state_rows.published_on, copied.published_on
    ) as asked_on,

    -- flags
    state_rows.is_identified,
    state_rows.is_named_day,
    state_rows.is_withdrawn,
    state_rows.has_declared_interest,
    text_rows.is_truncated
from state_rows
inner join text_rows on state_rows.question_key = text_rows.question_key
inner join askers on state_rows.question_key = askers.question_key
left join copied on state_rows.question_key = copied.question_key
left join grouped on state_rows.question_key = grouped.question_key
