{{ config(materialized=tracked_table()) }}

with recursive texts as (select * from {{ ref('int_answer_texts') }}),
predecessors as (select * from {{ ref('int_answer_predecessors') }}),

-- From the texts that follow the first text of a cluster to those that follow them, and so on.
led_back as (
    select
        predecessors.answer_text_hash,
        predecessors.earlier_answer_text_hash as first_hash
    from predecessors
    left join predecessors as earlier on predecessors.earlier_answer_text_hash = earlier.answer_text_hash
    where earlier.answer_text_hash is null
    union all
    select
        predecessors.answer_text_hash,
        led_back.first_hash
    from led_back
    inner join predecessors on led_back.answer_text_hash = predecessors.earlier_answer_text_hash
),

clustered as (
    select
        texts.answer_text_hash,
        texts.answer_count,
        coalesce(led_back.first_hash, texts.answer_text_hash) as first_hash
    from texts
    left join led_back on texts.answer_text_hash = led_back.answer_text_hash
)

select
    -- keys
    case when sum(answer_count) over (partition by first_hash) > 1 then first_hash end as repeat_cluster_key,

    -- text
    answer_text_hash,

    -- flags
    first_hash = answer_text_hash as is_first_wording
from clustered
