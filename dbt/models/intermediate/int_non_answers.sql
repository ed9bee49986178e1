with question_answers as (
    select * from {{ ref('int_answers') }}
),

answers as (
    select * from {{ ref('stg_records__answer') }}
),

phrases as (
    select * from {{ ref('non_answer_phrase') }}
),

worded as (
    select
        question_answers.answer_key,
        {{ normalise_text('answers.answer_text') }} as answer_words
    from question_answers
    inner join answers
        on question_answers.document_id = answers.document_id
        and question_answers.answer_ordinal = answers.answer_ordinal
    where question_answers.is_primary
),

parts as (
    select
        answer_key,
        {{ opening_words('answer_words') }} as opening_words,
        {{ edge_words('answer_words') }} as edge_words
    from worded
),

ranked as (
    select
        parts.answer_key,
        phrases.non_answer_kind,
        phrases.phrase,
        row_number() over (
            partition by parts.answer_key
            order by phrases.priority, phrases.phrase
        ) as phrase_rank
    from parts
    inner join phrases
        on (
            case when phrases.is_opening_only then parts.opening_words else parts.edge_words end
        ) like '%' || phrases.phrase || '%'
)

select
    -- keys
    answer_key,

    -- kinds
    non_answer_kind,

    -- text
    phrase
from ranked
where phrase_rank = 1
