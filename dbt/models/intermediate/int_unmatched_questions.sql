{{ config(materialized=tracked_table()) }}

with copies as (select * from {{ ref('int_question_copies') }}),
uin_matches as (select * from {{ ref('int_question_uin_matches') }}),
wording_matches as (select * from {{ ref('int_question_wording_matches') }}),

unmatched as (
    select
        copies.*,
        coalesce(copies.put_on, copies.answered_on, copies.tabled_on) as known_on
    from copies
    left join uin_matches
        on copies.document_id = uin_matches.document_id
        and copies.question_ordinal = uin_matches.question_ordinal
    left join wording_matches
        on copies.document_id = wording_matches.document_id
        and copies.question_ordinal = wording_matches.question_ordinal
    where
        not copies.is_identified
        and uin_matches.question_key is null
        and wording_matches.question_key is null
),

with_department as (
    select
        *,
        {{ adopt('department_key', ['question_form', 'wording_hash']) }} as adopted_department_key
    from unmatched
),

with_day as (
    select
        *,
        case
            when question_type = 'topical' then known_on
            else {{ adopt('known_on', ['question_form', 'wording_hash', 'adopted_department_key']) }}
        end as adopted_on
    from with_department
),

with_asker as (
    select
        *,
        case
            when question_form != 'written'
                then {{ adopt(
                    'asker_label', ['question_form', 'wording_hash', 'adopted_department_key', 'adopted_on']
                ) }}
        end as adopted_asker_label
    from with_day
),

numbered as (
    select
        *,
        row_number() over (
            partition by
                document_id,
                question_form,
                wording_hash,
                adopted_department_key,
                adopted_on,
                adopted_asker_label
            order by question_ordinal
        ) as same_words_number
    from with_asker
)

select
    -- keys
    {{ surrogate_key([
        "'question'", "question_form", "wording_hash", "adopted_department_key", "adopted_on",
        "adopted_asker_label", "same_words_number"
    ]) }} as question_key,

    -- ids
    document_id,
    question_ordinal
from numbered
