{{ config(materialized=tracked_table()) }}

with question_answers as (select * from {{ ref('int_answers') }}),
questions as (select * from {{ ref('int_questions') }}),
answers as (select * from {{ ref('stg_records__answer') }}),
found as (select * from {{ ref('stg_records__answer_reference') }}),

-- An answer to several questions may name them: those numbers point to no other answer.
own_questions as (
    select
        question_answers.answer_key,
        questions.uin
    from question_answers
    inner join questions on question_answers.question_key = questions.question_key
),

ranked as (
    select
        question_answers.answer_key,
        answers.answered_on,
        found.*,
        row_number() over (
            partition by question_answers.answer_key
            order by found.answer_reference_ordinal
        ) as reference_rank,
        count(*) over (partition by question_answers.answer_key) as reference_count
    from question_answers
    inner join answers
        on question_answers.document_id = answers.document_id
        and question_answers.answer_ordinal = answers.answer_ordinal
    inner join found
        on question_answers.document_id = found.document_id
        and question_answers.answer_ordinal = found.statement_ordinal
    left join own_questions
        on question_answers.answer_key = own_questions.answer_key
        and found.refers_to_uin = own_questions.uin
    where question_answers.is_primary and own_questions.answer_key is null
),

references_made as (
    select *
    from ranked
    where reference_rank = 1
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
