with texts as (
    select * from {{ ref('int_statement_texts') }}
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
        statement_key,
        statement_kind,
        1 as is_heading,
        {{ normalise_subject('heading') }} as part_words
    from texts
    where heading is not null
    union all
    select
        statement_key,
        statement_kind,
        0 as is_heading,
        {{ normalise_subject('statement_text') }} as part_words
    from texts
),

words as (
    select
        statement_key,
        statement_kind,
        is_heading,
        {{ explode("split(part_words, ' ')") }} as word
    from parts
),

-- Only phrases whose first word occurs in a text are searched for in it.
candidates as (
    select distinct
        words.statement_key,
        words.statement_kind,
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
        on candidates.statement_key = parts.statement_key
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
                and excluded.statement_key = found.statement_key
                and excluded.is_heading = found.is_heading
                and excluded.topic_key = found.topic_key
                and instr(' ' || excluded.wording || ' ', ' ' || found.wording || ' ') > 0
        )
)

select
    -- keys
    statement_key,
    topic_key,

    -- kinds
    statement_kind,

    -- text
    {{ join_distinct('phrase') }} as phrases_text,

    -- flags
    max(is_heading) = 1 as is_in_heading,

    -- counts
    count(distinct phrase) as phrase_count
from included
group by statement_key, statement_kind, topic_key
