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
        {{ normalise_text("replace(answers.answer_text, '.', '')") }} as answer_words
    from question_answers
    inner join answers
        on question_answers.document_id = answers.document_id
        and question_answers.answer_ordinal = answers.answer_ordinal
    where question_answers.is_primary
),

ranked as (
    select
        worded.answer_key,
        phrases.non_answer_kind,
        phrases.phrase,
        row_number() over (
            partition by worded.answer_key
            order by phrases.priority, phrases.phrase
        ) as phrase_rank
    from worded
    inner join phrases on instr(worded.answer_words, phrases.phrase) > 0
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
