with question_answers as (
    select * from {{ ref('int_answers') }}
),

occurrences as (
    select * from {{ ref('int_question_occurrences') }}
),

answers as (
    select * from {{ ref('stg_records__answer') }}
),

answered_questions as (
    select
        document_id,
        answer_ordinal,
        {{ explode('question_ordinals') }} as question_ordinal
    from answers
),

-- Everywhere that the answer's first question has an answer.
given as (
    select distinct
        question_answers.answer_key,
        occurrences.document_id,
        answered_questions.answer_ordinal,
        occurrences.is_identified,
        question_answers.document_id = occurrences.document_id
        and question_answers.answer_ordinal = answered_questions.answer_ordinal as is_current
    from question_answers
    inner join occurrences on question_answers.question_key = occurrences.question_key
    inner join answered_questions
        on occurrences.document_id = answered_questions.document_id
        and occurrences.question_ordinal = answered_questions.question_ordinal
    where question_answers.is_primary
),

described as (
    select
        given.*,
        answers.answer_text,
        answers.original_answer_text,
        answers.answered_on,
        answers.held_on,
        answers.is_truncated,
        case
            when answers.is_holding then 'holding'
            when answers.is_correction or answers.corrected_on is not null then 'corrected'
            else 'final'
        end as version_kind,
        case
            when answers.is_holding then coalesce(answers.held_on, answers.answered_on)
            else coalesce(answers.corrected_on, answers.answered_on)
        end as stated_on,
        max(case when given.is_current and given.is_identified then 1 else 0 end) over (
            partition by given.answer_key
        ) as is_recorded
    from given
    inner join answers
        on given.document_id = answers.document_id
        and given.answer_ordinal = answers.answer_ordinal
),

-- A copy says nothing of what was before; Parliament's record says of earlier versions when they were given and, of a
-- corrected answer, what it was.
stated as (
    select
        answer_key,
        document_id,
        answer_ordinal,
        version_kind,
        stated_on,
        answer_text,
        is_truncated,
        is_current
    from described
    where is_current or (is_identified and is_recorded = 1)
    union all
    select
        answer_key,
        document_id,
        answer_ordinal,
        'final' as version_kind,
        answered_on as stated_on,
        original_answer_text as answer_text,
        is_truncated,
        false as is_current
    from described
    where version_kind = 'corrected' and is_identified and is_recorded = 1 and trim(original_answer_text) != ''
    union all
    select
        answer_key,
        document_id,
        answer_ordinal,
        'holding' as version_kind,
        held_on as stated_on,
        cast(null as string) as answer_text,
        false as is_truncated,
        false as is_current
    from described
    where version_kind != 'holding' and is_identified and is_recorded = 1 and held_on is not null
),

ranked as (
    select
        *,
        row_number() over (
            partition by answer_key, version_kind, stated_on
            order by
                case when is_current then 0 else 1 end,
                case when answer_text is null then 1 else 0 end,
                is_truncated,
                document_id,
                answer_ordinal
        ) as version_rank
    from stated
),

numbered as (
    select
        answer_key,
        document_id,
        version_kind,
        stated_on,
        answer_text,
        is_truncated,
        is_current,
        {{ normalise_text('answer_text') }} as answer_words,
        row_number() over (
            partition by answer_key
            order by
                case when is_current then 1 else 0 end,
                case version_kind when 'holding' then 1 when 'final' then 2 else 3 end,
                stated_on
        ) as version_number
    from ranked
    where version_rank = 1
),

-- Versions whose words are known whole, as is what stood before them.
compared as (
    select
        later.answer_key,
        later.version_number,
        later.answer_words,
        earlier.answer_words as earlier_words
    from numbered as later
    inner join numbered as earlier
        on later.answer_key = earlier.answer_key
        and later.version_number = earlier.version_number + 1
    where
        later.answer_words is not null
        and earlier.answer_words is not null
        and not later.is_truncated
        and not earlier.is_truncated
),

words as (
    select
        answer_key,
        version_number,
        1 as is_later,
        0 as is_earlier,
        {{ explode("split(answer_words, ' ')") }} as word
    from compared
    union all
    select
        answer_key,
        version_number,
        0 as is_later,
        1 as is_earlier,
        {{ explode("split(earlier_words, ' ')") }} as word
    from compared
),

distinct_words as (
    select
        answer_key,
        version_number,
        word,
        max(is_later) != max(is_earlier) as is_changed
    from words
    group by answer_key, version_number, word
),

changes as (
    select
        answer_key,
        version_number,
        cast(count(case when is_changed then 1 end) as double) / cast(count(*) as double) as changed_word_share,
        count(case when is_changed then {{ extract_pattern('word', '[0-9]', 0) }} end) > 0 as is_figure_changed
    from distinct_words
    group by answer_key, version_number
)

select
    -- keys
    {{ surrogate_key([
        "'version'", "numbered.answer_key", "numbered.version_kind", "numbered.stated_on"
    ]) }} as answer_version_key,
    numbered.answer_key,

    -- ids
    numbered.document_id,
    numbered.version_number,

    -- kinds
    numbered.version_kind,

    -- text
    numbered.answer_text,
    md5(numbered.answer_words) as answer_text_hash,

    -- dates
    numbered.stated_on,

    -- flags
    numbered.is_current,
    numbered.is_truncated,
    changes.is_figure_changed,

    -- shares
    changes.changed_word_share
from numbered
left join changes
    on numbered.answer_key = changes.answer_key
    and numbered.version_number = changes.version_number
