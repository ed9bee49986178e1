with questions as (select * from {{ ref('fct_question') }}),
chosen as (select * from {{ ref('int_questions') }}),
question_words as (select * from {{ ref('stg_records__question_words') }}),

worded as (
    select
        questions.question_key,
        questions.asking_member_id,
        questions.department_key,
        questions.asked_on,
        question_words.word_hashes
    from questions
    inner join chosen on questions.question_key = chosen.question_key
    inner join question_words
        on chosen.document_id = question_words.document_id
        and chosen.question_ordinal = question_words.statement_ordinal
    where questions.asking_member_id is not null
),

-- The lengths are compared first, because it is quick: texts of unlike length do not share nine words of ten.
pairs as (
    select
        earlier.question_key,
        later.question_key as similar_question_key,
        {{ shared_share('earlier.word_hashes', 'later.word_hashes') }} as similarity_share
    from worded as earlier
    inner join worded as later
        on earlier.asking_member_id = later.asking_member_id
        and earlier.department_key = later.department_key
        and (
            earlier.asked_on < later.asked_on
            or (earlier.asked_on = later.asked_on and earlier.question_key < later.question_key)
        )
        and {{ days_between('earlier.asked_on', 'later.asked_on') }} <= 60
        and {{ list_length('earlier.word_hashes') }} >= 0.9 * {{ list_length('later.word_hashes') }}
        and {{ list_length('later.word_hashes') }} >= 0.9 * {{ list_length('earlier.word_hashes') }}
)

select
    -- keys
    question_key,
    similar_question_key,

    -- shares
    similarity_share
from pairs
where similarity_share >= 0.9
