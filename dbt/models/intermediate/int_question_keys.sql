with copies as (
    select * from {{ ref('int_question_copies') }}
),

uin_matches as (
    select * from {{ ref('int_question_uin_matches') }}
),

wording_matches as (
    select * from {{ ref('int_question_wording_matches') }}
),

unmatched as (
    select * from {{ ref('int_unmatched_questions') }}
),

keyed as (
    select
        document_id,
        question_ordinal,
        identified_question_key as question_key,
        'id' as match_rule
    from copies
    where is_identified
    union all
    select
        document_id,
        question_ordinal,
        question_key,
        'uin' as match_rule
    from uin_matches
    union all
    select
        document_id,
        question_ordinal,
        question_key,
        'wording' as match_rule
    from wording_matches
    union all
    select
        document_id,
        question_ordinal,
        question_key,
        'none' as match_rule
    from unmatched
)

select
    -- keys
    question_key,

    -- ids
    document_id,
    question_ordinal,

    -- kinds
    match_rule
from keyed
