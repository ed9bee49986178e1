with questions as (
    select * from {{ ref('fct_question') }}
),

keywords as (
    select * from {{ ref('topic_keyword') }}
),

wordings as (
    select
        *,
        phrase as wording,
        split_part(phrase, ' ', 1) as first_word
    from keywords
    union all
    select
        *,
        phrase || 's' as wording,
        split_part(phrase || 's', ' ', 1) as first_word
    from keywords
    where phrase not like '%s'
),

parts as (
    select
        question_key,
        1 as is_heading,
        {{ normalise_subject('heading') }} as part_words
    from questions
    where heading is not null
    union all
    select
        question_key,
        0 as is_heading,
        {{ normalise_subject('question_text') }} as part_words
    from questions
),

words as (
    select
        question_key,
        is_heading,
        {{ explode("split(part_words, ' ')") }} as word
    from parts
),

-- Only phrases whose first word occurs in a text are searched for in it.
candidates as (
    select distinct
        words.question_key,
        words.is_heading,
        wordings.topic_key,
        wordings.keyword_kind,
        wordings.phrase,
        wordings.wording
    from words
    inner join wordings on words.word = wordings.first_word
),

found as (
    select candidates.*
    from candidates
    inner join parts
        on candidates.question_key = parts.question_key
        and candidates.is_heading = parts.is_heading
    where instr(' ' || parts.part_words || ' ', ' ' || candidates.wording || ' ') > 0
),

-- If "war crime" is excluded, "crime" does not count inside it. Other phrases of the topic still count.
included as (
    select *
    from found
    where
        keyword_kind = 'include'
        and not exists (
            select 1
            from found as excluded
            where
                excluded.keyword_kind = 'exclude'
                and excluded.question_key = found.question_key
                and excluded.is_heading = found.is_heading
                and excluded.topic_key = found.topic_key
                and instr(' ' || excluded.wording || ' ', ' ' || found.wording || ' ') > 0
        )
)

select
    -- keys
    question_key,
    topic_key,

    -- text
    {{ join_distinct('phrase') }} as phrases_text,

    -- flags
    max(is_heading) = 1 as is_in_heading,

    -- counts
    count(distinct phrase) as phrase_count
from included
group by question_key, topic_key
