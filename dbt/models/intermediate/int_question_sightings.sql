with occurrences as (select * from {{ ref('int_question_occurrences') }}),
questions as (select * from {{ ref('stg_records__question') }}),
copies as (select * from {{ ref('int_question_copies') }}),
batch_documents as (select * from {{ ref('int_batch_documents') }}),

windows as (
    select *
    from {{ ref('int_windows') }}
    where source = 'written_questions'
),

given as (
    select
        windows.*,
        batch_documents.document_id
    from batch_documents
    inner join windows on batch_documents.batch_id = windows.batch_id
)

select
    -- keys
    occurrences.question_key,
    copies.department_key,

    -- ids
    occurrences.document_id,
    occurrences.question_ordinal,
    given.batch_id,

    -- dates
    given.interval_end_on,
    given.complete_until_on,

    -- flags
    questions.is_withdrawn,
    given.is_timely,

    -- times
    occurrences.fetched_at,
    coalesce(given.batch_fetched_at, occurrences.fetched_at) as seen_at
from occurrences
inner join questions
    on occurrences.document_id = questions.document_id
    and occurrences.question_ordinal = questions.question_ordinal
inner join copies
    on occurrences.document_id = copies.document_id
    and occurrences.question_ordinal = copies.question_ordinal
left join given on occurrences.document_id = given.document_id
where occurrences.is_identified and questions.question_type = 'written'
