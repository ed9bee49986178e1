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
        {{ normalise_text('answers.answer_text') }} as answer_words,
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
    where is_identified and is_state_chosen
),

-- The documents that carry the current answer. They have the same state, or they are copies that continue a text that
-- Parliament's record cuts. If Parliament's record has no answer, all copies count.
standing as (
    select linked.*
    from linked
    left join states on linked.question_key = states.question_key
    where
        (
            linked.is_identified
            and linked.answered_on is not distinct from states.answered_on
            and linked.corrected_on is not distinct from states.corrected_on
            and linked.is_holding = states.is_holding
        )
        or (
            not linked.is_identified
            and (
                states.question_key is null
                or (
                    states.is_truncated
                    and substr(linked.answer_words, 1, length(states.answer_words)) = states.answer_words
                )
            )
        )
),

newest as (
    select
        *,
        {{ newest_wording('answer_ordinal') }} as newest_text_hash
    from standing
),

ranked as (
    select
        *,
        {{ wording_rank('answer_ordinal') }} as text_rank
    from newest
),

-- A copy may give a question several answers. Then all answers of that document count.
chosen as (
    select
        ranked.question_key,
        ranked.document_id,
        ranked.answer_ordinal,
        ranked.answering_member_id,
        ranked.answered_on,
        ranked.is_identified,
        md5(ranked.answer_words) as answer_text_hash,
        row_number() over (partition by ranked.question_key order by ranked.answer_ordinal) as answer_number
    from ranked
    inner join ranked as first_ranked
        on ranked.question_key = first_ranked.question_key
        and ranked.document_id = first_ranked.document_id
        and first_ranked.text_rank = 1
    where ranked.text_rank = 1 or not ranked.is_identified
),

-- Grouped questions of Parliament's record share one answer if text, day and answerer are equal. A copy says itself
-- which questions each of its answers is to.
sharing as (
    select
        chosen.*,
        questions.tabled_on,
        questions.question_id,
        case
            when chosen.is_identified
                then {{ surrogate_key([
                    "coalesce(questions.question_group_key, chosen.question_key)", "chosen.answered_on",
                    "chosen.answering_member_id", "chosen.answer_text_hash"
                ]) }}
            else {{ surrogate_key(["chosen.document_id", "chosen.answer_ordinal"]) }}
        end as sharing_key
    from chosen
    inner join questions on chosen.question_key = questions.question_key
),

first_questions as (
    select
        *,
        first_value(question_key) over (
            partition by sharing_key
            order by tabled_on, question_id, question_key
        ) as first_question_key,
        first_value(answer_number) over (
            partition by sharing_key
            order by tabled_on, question_id, question_key
        ) as first_answer_number
    from sharing
),

keyed as (
    select
        *,
        {{ surrogate_key(["'answer'", "first_question_key", "first_answer_number"]) }} as answer_key
    from first_questions
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
