{{ config(materialized=tracked_table()) }}

with candidates as (select * from {{ ref('int_question_candidates') }}),

ranked as (
    select
        *,
        rank() over (
            partition by document_id, question_ordinal
            order by case asker_agreement when 'same' then 1 when 'unknown' then 2 else 3 end
        ) as asker_rank
    from candidates
),

unambiguous as (
    select
        document_id,
        question_ordinal,
        min(question_key) as question_key
    from ranked
    where asker_rank = 1 and (same_words_count = 1 or asker_agreement = 'same')
    group by document_id, question_ordinal
    having count(distinct question_key) = 1
),

single as (
    {{ single_rows("unambiguous", "document_id, question_key") }}
)

select
    -- keys
    question_key,

    -- ids
    document_id,
    question_ordinal
from single
