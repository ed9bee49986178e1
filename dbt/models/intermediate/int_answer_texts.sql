with question_answers as (
    select * from {{ ref('int_answers') }}
),

answers as (
    select * from {{ ref('stg_records__answer') }}
)

select
    -- text
    question_answers.answer_text_hash,
    min(answers.run_hashes) as run_hashes,
    min(answers.band_hashes) as band_hashes,

    -- dates
    coalesce(min(answers.answered_on), {{ distant_future() }}) as first_given_on,

    -- counts
    count(*) as answer_count
from question_answers
inner join answers
    on question_answers.document_id = answers.document_id
    and question_answers.answer_ordinal = answers.answer_ordinal
where question_answers.is_primary and not answers.is_truncated
group by question_answers.answer_text_hash
