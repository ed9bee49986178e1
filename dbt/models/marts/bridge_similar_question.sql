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

counted as (
    select
        *,
        {{ list_length('question_words') }} as word_count
    from worded
),

-- Texts of unlike length cannot have nine words of ten in common.
pairs as (
    select
        earlier.question_key,
        later.question_key as similar_question_key,
        earlier.word_count,
        later.word_count as similar_word_count,
        {{ list_length(list_shared('earlier.question_words', 'later.question_words')) }} as shared_word_count
    from counted as earlier
    inner join counted as later
        on earlier.asking_member_id = later.asking_member_id
        and earlier.department_key = later.department_key
        and (
            earlier.asked_on < later.asked_on
            or (earlier.asked_on = later.asked_on and earlier.question_key < later.question_key)
        )
        and {{ days_between('earlier.asked_on', 'later.asked_on') }} <= 60
        and earlier.word_count >= 0.9 * later.word_count
        and later.word_count >= 0.9 * earlier.word_count
),

compared as (
    select
        *,
        cast(shared_word_count as double) / (word_count + similar_word_count - shared_word_count) as similarity_share
    from pairs
)

select
    -- keys
    question_key,
    similar_question_key,

    -- shares
    similarity_share
from compared
where similarity_share >= 0.9
