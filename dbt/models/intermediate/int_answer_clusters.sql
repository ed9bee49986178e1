with question_answers as (
    select * from {{ ref('int_answers') }}
),

answers as (
    select * from {{ ref('stg_records__answer') }}
),

similarities as (
    select * from {{ ref('int_answer_similarities') }}
),

texts as (
    select
        question_answers.answer_text_hash,
        coalesce(min(answers.answered_on), cast('9999-12-31' as date)) as first_given_on,
        count(*) as answer_count
    from question_answers
    inner join answers
        on question_answers.document_id = answers.document_id
        and question_answers.answer_ordinal = answers.answer_ordinal
    where question_answers.is_primary and not answers.is_truncated
    group by question_answers.answer_text_hash
),

near as (
    select
        answer_text_hash,
        other_answer_text_hash
    from similarities
    where similarity_share >= 0.8
    union all
    select
        other_answer_text_hash as answer_text_hash,
        answer_text_hash as other_answer_text_hash
    from similarities
    where similarity_share >= 0.8
),

-- Each text follows the earliest of those that it nears, if that is earlier than itself.
ranked as (
    select
        near.answer_text_hash,
        near.other_answer_text_hash,
        row_number() over (
            partition by near.answer_text_hash
            order by earlier.first_given_on, earlier.answer_text_hash
        ) as earlier_rank
    from near
    inner join texts on near.answer_text_hash = texts.answer_text_hash
    inner join texts as earlier on near.other_answer_text_hash = earlier.answer_text_hash
    where
        earlier.first_given_on < texts.first_given_on
        or (
            earlier.first_given_on = texts.first_given_on
            and earlier.answer_text_hash < texts.answer_text_hash
        )
),

followed_0 as (
    select
        texts.answer_text_hash,
        coalesce(ranked.other_answer_text_hash, texts.answer_text_hash) as followed_hash
    from texts
    left join ranked
        on texts.answer_text_hash = ranked.answer_text_hash
        and ranked.earlier_rank = 1
),
{% for step in range(1, 7) %}
-- Twice as far back: up to {{ 2 ** step }} texts.
    followed_{{ step }} as (
        select
            one.answer_text_hash,
            next_one.followed_hash
        from followed_{{ step - 1 }} as one
        inner join followed_{{ step - 1 }} as next_one on one.followed_hash = next_one.answer_text_hash
    ),
{% endfor %}
counted as (
    select
        followed_6.answer_text_hash,
        followed_6.followed_hash,
        sum(texts.answer_count) over (partition by followed_6.followed_hash) as cluster_answer_count
    from followed_6
    inner join texts on followed_6.answer_text_hash = texts.answer_text_hash
)

select
    -- keys
    case when cluster_answer_count > 1 then followed_hash end as repeat_cluster_key,

    -- text
    answer_text_hash,

    -- flags
    followed_hash = answer_text_hash as is_first_wording
from counted
