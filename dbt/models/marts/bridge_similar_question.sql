{% set of_affected = affected_units('question_key', {
    'int_question_spans': [['question_key'], ['span_key', 'int_question_spans']],
}) %}

with spans as (
    select * from {{ ref('int_question_spans') }} {{ sharing('span_key', 'int_question_spans', of_affected) }}
),
earlier as (select * from {{ ref('int_question_spans') }} {{ of_affected }}),

later as (
    select *
    from spans
    where is_own_span
),

-- The lengths are compared first, because it is quick: texts of unlike length do not share nine words of ten.
pairs as (
    select
        earlier.question_key,
        later.question_key as similar_question_key,
        {{ shared_share('earlier.word_hashes', 'later.word_hashes') }} as similarity_share
    from earlier
    inner join later
        on earlier.span_key = later.span_key
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
