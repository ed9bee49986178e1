{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('answer_key', {
    'int_answers': 'answer_key',
    'int_question_occurrences': ['question_key', 'int_answers'],
    'stg_records__answer': ['document_id', 'int_question_occurrences', 'question_key', 'int_answers'],
}) %}
{% set of_questions = sharing('question_key', 'int_answers', of_affected) %}

with question_answers as (select * from {{ ref('int_answers') }} {{ of_affected }}),
occurrences as (select * from {{ ref('int_question_occurrences') }}),
answers as (
    {{ records_where('stg_records__answer', sharing('document_id', 'int_question_occurrences', of_questions)) }}
),

answered_questions as (
    select
        document_id,
        answer_ordinal,
        {{ explode('question_ordinals') }} as question_ordinal
    from answers
),

-- Every place that has an answer to the answer's first question.
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
        ) = 1 as is_recorded
    from given
    inner join answers
        on given.document_id = answers.document_id
        and given.answer_ordinal = answers.answer_ordinal
),

-- Earlier versions come from Parliament's record only: it gives their days and, for a corrected answer, the original
-- text. A copy does not mention earlier versions.
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
    where is_current or (is_identified and is_recorded)
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
    where version_kind = 'corrected' and is_identified and is_recorded and trim(original_answer_text) != ''
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
    where version_kind != 'holding' and is_identified and is_recorded and held_on is not null
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
)

select
    -- keys
    answer_key,

    -- ids
    document_id,

    -- kinds
    version_kind,

    -- text
    answer_text,

    -- dates
    stated_on,

    -- flags
    is_truncated,
    is_current
from ranked
where version_rank = 1
