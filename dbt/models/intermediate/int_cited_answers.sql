{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('question_key', {
    'int_standing_answers': 'question_key',
}) %}

with standing as (select * from {{ ref('int_standing_answers') }} {{ of_affected }}),

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

cited as (
    select
        question_key,
        document_id
    from ranked
    where text_rank = 1
)

-- A copy may give a question several answers. Then all answers of that document count.
select
    -- keys
    ranked.question_key,

    -- ids
    ranked.document_id,
    ranked.answer_ordinal,
    ranked.answering_member_id,

    -- text
    ranked.answer_text_hash,

    -- dates
    ranked.answered_on,

    -- flags
    ranked.is_identified,

    -- counts
    row_number() over (partition by ranked.question_key order by ranked.answer_ordinal) as answer_number
from ranked
inner join cited
    on ranked.question_key = cited.question_key
    and ranked.document_id = cited.document_id
where ranked.text_rank = 1 or not ranked.is_identified
