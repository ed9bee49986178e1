with occurrences as (
    select * from {{ ref('int_question_occurrences') }}
),

questions as (
    select * from {{ ref('int_questions') }}
),

answers as (
    select * from {{ ref('stg_records__answer') }}
),

exploded as (
    select
        answers.document_id,
        answers.answer_ordinal,
        answers.answering_member_id,
        answers.answered_on,
        answers.corrected_on,
        answers.is_holding,
        answers.is_truncated,
        answers.has_markup,
        {{ wording_hash('answers.answer_text') }} as text_hash,
        {{ explode('answers.question_ordinals') }} as question_ordinal
    from answers
),

linked as (
    select
        exploded.*,
        occurrences.question_key,
        occurrences.is_identified,
        occurrences.is_state_chosen,
        occurrences.fetched_at
    from exploded
    inner join occurrences
        on exploded.document_id = occurrences.document_id
        and exploded.question_ordinal = occurrences.question_ordinal
),

states as (
    select *
    from linked
    where is_state_chosen
),

-- Of the documents that carry the answer as it stands now, the one with its full text, then the newest.
same_state as (
    select
        linked.*,
        first_value(linked.text_hash) over (
            partition by linked.question_key
            order by linked.is_truncated, linked.fetched_at desc, linked.document_id, linked.answer_ordinal
        ) as newest_text_hash
    from linked
    inner join states
        on linked.question_key = states.question_key
        and linked.answered_on is not distinct from states.answered_on
        and linked.corrected_on is not distinct from states.corrected_on
        and linked.is_holding = states.is_holding
    where linked.is_identified
),

ranked as (
    select
        *,
        row_number() over (
            partition by question_key
            order by
                is_truncated,
                case when text_hash = newest_text_hash then 0 else 1 end,
                case when has_markup then 0 else 1 end,
                document_id,
                answer_ordinal
        ) as text_rank
    from same_state
),

chosen as (
    select
        question_key,
        document_id,
        answer_ordinal,
        answering_member_id,
        answered_on
    from ranked
    where text_rank = 1
    union all
    select
        question_key,
        document_id,
        answer_ordinal,
        answering_member_id,
        answered_on
    from linked
    where not is_identified
),

hashed as (
    select
        chosen.question_key,
        chosen.document_id,
        chosen.answer_ordinal,
        chosen.answering_member_id,
        chosen.answered_on,
        md5({{ normalise_text('answers.answer_text') }}) as answer_text_hash
    from chosen
    inner join answers
        on chosen.document_id = answers.document_id
        and chosen.answer_ordinal = answers.answer_ordinal
),

-- Questions that the source says were grouped, with equal text, day and answerer, have one answer between them.
shared as (
    select
        hashed.*,
        questions.is_identified,
        questions.tabled_on,
        questions.question_id,
        first_value(hashed.question_key) over (
            partition by
                coalesce(questions.question_group_key, hashed.question_key),
                hashed.answered_on,
                hashed.answering_member_id,
                hashed.answer_text_hash
            order by questions.tabled_on, questions.question_id, hashed.question_key
        ) as first_question_key
    from hashed
    inner join questions on hashed.question_key = questions.question_key
),

keyed as (
    select
        *,
        case
            when is_identified then {{ surrogate_key(["'answer'", "first_question_key"]) }}
            else {{ surrogate_key(["'answer'", "document_id", "answer_ordinal"]) }}
        end as answer_key
    from shared
)

select
    -- keys
    question_key,
    answer_key,

    -- ids
    document_id,
    answer_ordinal,

    -- text
    answer_text_hash,

    -- flags
    row_number() over (
        partition by answer_key
        order by tabled_on, question_id, question_key
    ) = 1 as is_primary
from keyed
