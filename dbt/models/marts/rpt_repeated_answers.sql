with answers as (select * from {{ ref('fct_answer') }}),

ranked as (
    select
        *,
        row_number() over (
            partition by repeat_cluster_key
            order by answered_on nulls last, answer_key
        ) as answer_rank
    from answers
    where repeat_cluster_key is not null
)

select
    -- keys
    repeat_cluster_key,
    max(case when answer_rank = 1 then answer_key end) as first_answer_key,

    -- text
    max(case when answer_rank = 1 then answer_text end) as answer_text,

    -- kinds
    max(case when answer_rank = 1 then non_answer_kind end) as non_answer_kind,

    -- dates
    min(answered_on) as first_answered_on,
    max(answered_on) as last_answered_on,

    -- counts
    count(*) as answer_count,
    cast(sum(question_count) as bigint) as question_count,
    count(distinct department_key) as department_count,
    count(distinct answering_member_key) as answerer_count
from ranked
group by repeat_cluster_key
