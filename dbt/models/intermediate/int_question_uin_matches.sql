{{ config(materialized=tracked_table()) }}

with copies as (select * from {{ ref('int_question_copies') }}),

matched as (
    select
        min(identified.identified_question_key) as question_key,
        unidentified.document_id,
        unidentified.question_ordinal
    from copies as unidentified
    inner join copies as identified
        on unidentified.uin = identified.uin
        and unidentified.put_on = identified.put_on
        and unidentified.house = identified.house
        and unidentified.question_form = identified.question_form
    where
        not unidentified.is_identified
        and identified.is_identified
        and unidentified.question_form = 'oral'
    group by unidentified.document_id, unidentified.question_ordinal
    having count(distinct identified.identified_question_key) = 1
),

single as (
    {{ single_rows("matched", "document_id, question_key") }}
)

-- A number that one document prints twice identifies neither question.
select
    -- keys
    question_key,

    -- ids
    document_id,
    question_ordinal
from single
