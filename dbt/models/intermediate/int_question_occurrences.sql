with documents as (
    select * from {{ ref('stg_landing__document') }}
),

questions as (
    select * from {{ ref('stg_records__question') }}
),

keyed as (
    select
        case
            when questions.question_id is null
                then {{ surrogate_key(["'question'", "questions.document_id", "questions.question_ordinal"]) }}
            when questions.question_type = 'written'
                then {{ surrogate_key(["'written question'", "questions.question_id"]) }}
            else {{ surrogate_key(["'oral question'", "questions.question_id"]) }}
        end as question_key,
        questions.document_id,
        questions.question_ordinal,
        questions.question_id is not null as is_identified,
        questions.is_truncated,
        documents.fetched_at
    from questions
    inner join documents on questions.document_id = documents.document_id
),

ranked as (
    select
        *,
        row_number() over (
            partition by question_key
            order by is_truncated, fetched_at desc, document_id, question_ordinal
        ) as text_rank,
        row_number() over (
            partition by question_key
            order by fetched_at desc, document_id, question_ordinal
        ) as state_rank
    from keyed
)

select
    -- keys
    question_key,

    -- ids
    document_id,
    question_ordinal,

    -- flags
    is_identified,
    is_truncated,
    text_rank = 1 as is_text_chosen,
    state_rank = 1 as is_state_chosen,

    -- times
    fetched_at
from ranked
