with documents as (
    select * from {{ ref('stg_landing__document') }}
),

questions as (
    select * from {{ ref('stg_records__question') }}
),

answers as (
    select * from {{ ref('stg_records__answer') }}
),

exploded_answers as (
    select
        document_id,
        {{ explode('question_ordinals') }} as question_ordinal,
        {{ surrogate_key([
            "answered_on", "answering_member_id", "is_holding", "held_on", "is_correction", "corrected_on"
        ]) }} as state_hash
    from answers
),

answer_states as (
    select
        document_id,
        question_ordinal,
        max(state_hash) as state_hash
    from exploded_answers
    group by document_id, question_ordinal
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
        questions.has_markup,
        documents.fetched_at,
        {{ wording_hash('questions.question_text') }} as text_hash,
        {{ surrogate_key([
            "questions.uin", "questions.asking_member_id", "questions.answering_body_id",
            "questions.answering_body_text", "questions.heading", "questions.house", "questions.tabled_on",
            "questions.due_on", "questions.is_named_day", "questions.is_withdrawn",
            "questions.has_declared_interest", "questions.grouped_with", "answer_states.state_hash"
        ]) }} as state_hash
    from questions
    inner join documents on questions.document_id = documents.document_id
    left join answer_states
        on questions.document_id = answer_states.document_id
        and questions.question_ordinal = answer_states.question_ordinal
),

-- What the uncut document fetched last words, and the state that the document fetched last has.
newest as (
    select
        *,
        first_value(text_hash) over (
            partition by question_key
            order by is_truncated, fetched_at desc, document_id, question_ordinal
        ) as newest_text_hash,
        first_value(state_hash) over (
            partition by question_key
            order by fetched_at desc, document_id, question_ordinal
        ) as newest_state_hash
    from keyed
),

-- Of documents that say the same, one is cited, with its markup if any has it, whatever the order they were fetched in:
-- a page that is delivered again changes nothing.
ranked as (
    select
        *,
        row_number() over (
            partition by question_key
            order by
                is_truncated,
                case when text_hash = newest_text_hash then 0 else 1 end,
                case when has_markup then 0 else 1 end,
                document_id,
                question_ordinal
        ) as text_rank,
        row_number() over (
            partition by question_key
            order by
                case when state_hash = newest_state_hash then 0 else 1 end,
                document_id,
                question_ordinal
        ) as state_rank
    from newest
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
