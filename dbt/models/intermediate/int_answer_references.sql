with question_answers as (
    select * from {{ ref('int_answers') }}
),

questions as (
    select * from {{ ref('int_questions') }}
),

answers as (
    select * from {{ ref('stg_records__answer') }}
),

worded as (
    select
        question_answers.answer_key,
        answers.answered_on,
        {{ normalise_text('answers.answer_text') }} as answer_words,
        {{ extract_pattern('answers.answer_html', question_link_pattern(), 1) }} as linked_on,
        {{ extract_pattern('answers.answer_html', question_link_pattern(), 2) }} as linked_uin
    from question_answers
    inner join answers
        on question_answers.document_id = answers.document_id
        and question_answers.answer_ordinal = answers.answer_ordinal
    where question_answers.is_primary
),

found as (
    select
        answer_key,
        answered_on,
        cast(linked_on as date) as linked_on,
        upper(linked_uin) as linked_uin,
        upper(replace({{ extract_pattern('answer_words', question_number_pattern(), 2) }}, ' ', '')) as printed_uin,
        coalesce(
            {{ extract_pattern('answer_words', question_number_pattern(), 1) }},
            {{ extract_pattern('answer_words', question_number_pattern(), 3) }},
            {{ extract_pattern('answer_words', referral_day_pattern(), 1) }}
        ) as printed_day,
        {{ count_pattern('answer_words', question_number_pattern()) }} as printed_count
    from worded
),

-- Only the day of a link to the number that is printed is the day on which that question was tabled.
references_made as (
    select
        answer_key,
        answered_on,
        coalesce(printed_uin, linked_uin) as refers_to_uin,
        {{ printed_date('printed_day', 'answered_on') }} as refers_to_on,
        case when coalesce(printed_uin, linked_uin) = linked_uin then linked_on end as linked_on,
        cast(greatest(printed_count, 1) as bigint) as reference_count
    from found
    where coalesce(printed_uin, linked_uin, printed_day) is not null
),

-- Numbers begin anew with each session of Parliament, so that one says which question only near its day. Those of the
-- Lords begin with HL: a number tells its House.
candidates as (
    select
        references_made.answer_key,
        questions.question_key,
        row_number() over (
            partition by references_made.answer_key
            order by questions.tabled_on desc, questions.question_key
        ) as candidate_rank
    from references_made
    inner join questions
        on references_made.refers_to_uin = questions.uin
        and {{ days_between(
            'questions.tabled_on', 'coalesce(references_made.refers_to_on, references_made.answered_on)'
        ) }} between 0 and 180
        and coalesce(references_made.linked_on = questions.tabled_on, true)
    left join question_answers
        on references_made.answer_key = question_answers.answer_key
        and questions.question_key = question_answers.question_key
    where question_answers.question_key is null
)

select
    -- keys
    references_made.answer_key,
    candidates.question_key as refers_to_question_key,

    -- ids
    references_made.refers_to_uin,

    -- dates
    references_made.refers_to_on,

    -- counts
    references_made.reference_count
from references_made
left join candidates
    on references_made.answer_key = candidates.answer_key
    and candidates.candidate_rank = 1
