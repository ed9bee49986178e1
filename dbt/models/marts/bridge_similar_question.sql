with questions as (
    select * from {{ ref('fct_question') }}
),

worded as (
    select
        question_key,
        asking_member_id,
        department_key,
        asked_on,
        {{ list_unique(split_words(normalise_subject('question_text'))) }} as question_words
    from questions
    where asking_member_id is not null and not is_truncated
),

-- The lengths are compared first, because it is quick: texts of unlike length do not share nine words of ten.
pairs as (
    select
        earlier.question_key,
        later.question_key as similar_question_key,
        {{ shared_share('earlier.question_words', 'later.question_words') }} as similarity_share
    from worded as earlier
    inner join worded as later
        on earlier.asking_member_id = later.asking_member_id
        and earlier.department_key = later.department_key
        and (
            earlier.asked_on < later.asked_on
            or (earlier.asked_on = later.asked_on and earlier.question_key < later.question_key)
        )
        and {{ days_between('earlier.asked_on', 'later.asked_on') }} <= 60
        and {{ list_length('earlier.question_words') }} >= 0.9 * {{ list_length('later.question_words') }}
        and {{ list_length('later.question_words') }} >= 0.9 * {{ list_length('earlier.question_words') }}
)

select
    -- keys
    question_key,
    similar_question_key,

    -- shares
    similarity_share
from pairs
where similarity_share >= 0.9
