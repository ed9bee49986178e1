with copies as (
    select * from {{ ref('int_question_copies') }}
),

periods as (
    select * from {{ ref('int_member_periods') }}
),

member_names as (
    select distinct
        member_id,
        name_label
    from periods
),

-- What the documents with Parliament's id say of a question: list and detail may differ in where they cut its text.
identified as (
    select distinct
        identified_question_key,
        department_key,
        uin,
        asking_member_id,
        wording,
        wording_hash,
        opening_hash,
        question_form,
        house,
        tabled_on,
        put_on,
        is_truncated
    from copies
    where is_identified
),

answer_days as (
    select distinct
        identified_question_key,
        answered_on
    from copies
    where is_identified and answered_on is not null
),

answered as (
    select distinct identified_question_key
    from answer_days
),

-- A copy without an id, and how often its document has the same words.
unidentified as (
    select
        *,
        count(*) over (partition by document_id, question_form, wording_hash) as same_words_count
    from copies
    where not is_identified
),

-- An oral question's number is its own on the day that it is put.
matched_by_uin as (
    select
        unidentified.document_id,
        unidentified.question_ordinal,
        min(identified.identified_question_key) as question_key
    from unidentified
    inner join identified
        on unidentified.uin = identified.uin
        and unidentified.put_on = identified.put_on
        and unidentified.house = identified.house
        and identified.question_form = 'oral'
    where unidentified.question_form = 'oral'
    group by unidentified.document_id, unidentified.question_ordinal
    having count(distinct identified.identified_question_key) = 1
),

-- The same words, or the beginning of them where either text is cut, and nothing that is known of both differs. What
-- every topical question is tabled as, and what every member asks the Prime Minister, says nothing without its day.
candidates as (
    select
        unidentified.document_id,
        unidentified.question_ordinal,
        unidentified.same_words_count,
        identified.identified_question_key as question_key,
        case
            when unidentified.asking_member_id = identified.asking_member_id then 0
            when unidentified.asking_member_id is null and member_names.name_label is not null then 0
            when unidentified.asking_member_id is null and unidentified.asker_label is null then 1
            when identified.asking_member_id is null then 1
            when unidentified.question_form = 'written' then 2
        end as asker_distance
    from unidentified
    inner join identified
        on unidentified.opening_hash = identified.opening_hash
        and unidentified.question_form = identified.question_form
    left join member_names
        on identified.asking_member_id = member_names.member_id
        and unidentified.asker_label = member_names.name_label
    left join answered on identified.identified_question_key = answered.identified_question_key
    left join answer_days
        on identified.identified_question_key = answer_days.identified_question_key
        and unidentified.answered_on = answer_days.answered_on
    left join matched_by_uin
        on unidentified.document_id = matched_by_uin.document_id
        and unidentified.question_ordinal = matched_by_uin.question_ordinal
    where
        matched_by_uin.question_key is null
        and (
            unidentified.wording_hash = identified.wording_hash
            or (
                identified.is_truncated
                and substr(unidentified.wording, 1, length(identified.wording)) = identified.wording
            )
            or (
                unidentified.is_truncated
                and substr(identified.wording, 1, length(unidentified.wording)) = unidentified.wording
            )
        )
        and coalesce(unidentified.department_key = identified.department_key, true)
        and coalesce(unidentified.house = identified.house, true)
        and coalesce(unidentified.uin = identified.uin, true)
        and coalesce(unidentified.tabled_on = identified.tabled_on, true)
        and coalesce(unidentified.put_on = identified.put_on, unidentified.question_type != 'topical')
        and (
            unidentified.answered_on is null
            or unidentified.question_form != 'written'
            or answered.identified_question_key is null
            or answer_days.answered_on is not null
        )
),

nearest as (
    select
        *,
        min(asker_distance) over (partition by document_id, question_ordinal) as least_distance
    from candidates
    where asker_distance is not null
),

unambiguous as (
    select
        document_id,
        question_ordinal,
        min(question_key) as question_key
    from nearest
    where asker_distance = least_distance and (same_words_count = 1 or asker_distance = 0)
    group by document_id, question_ordinal
    having count(distinct question_key) = 1
),

matched_by_wording as (
    select
        document_id,
        question_ordinal,
        question_key,
        count(*) over (partition by document_id, question_key) as copy_count
    from unambiguous
),

-- Copies of a question that no document identifies are one question by words, department and day, and in the House by
-- asker too. What a copy does not say, it takes from the others where they all agree.
day_known as (
    select
        unidentified.*,
        coalesce(unidentified.put_on, unidentified.answered_on, unidentified.tabled_on) as known_on
    from unidentified
    left join matched_by_uin
        on unidentified.document_id = matched_by_uin.document_id
        and unidentified.question_ordinal = matched_by_uin.question_ordinal
    left join matched_by_wording
        on unidentified.document_id = matched_by_wording.document_id
        and unidentified.question_ordinal = matched_by_wording.question_ordinal
        and matched_by_wording.copy_count = 1
    where matched_by_uin.question_key is null and matched_by_wording.question_key is null
),

with_department as (
    select
        *,
        {{ adopt('department_key', ['question_form', 'wording_hash']) }} as adopted_department_key
    from day_known
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
    from matched_by_uin
    union all
    select
        document_id,
        question_ordinal,
        question_key,
        'wording' as match_rule
    from matched_by_wording
    where copy_count = 1
    union all
    select
        document_id,
        question_ordinal,
        {{ surrogate_key([
            "'question'", "question_form", "wording_hash", "adopted_department_key", "adopted_on",
            "adopted_asker_label", "same_words_number"
        ]) }} as question_key,
        'none' as match_rule
    from numbered
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
