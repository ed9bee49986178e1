with copies as (select * from {{ ref('int_question_copies') }}),
uin_matches as (select * from {{ ref('int_question_uin_matches') }}),
periods as (select * from {{ ref('int_member_periods') }}),

member_names as (
    select distinct
        member_id,
        name_label
    from periods
),

copied_openings as (
    select distinct opening_hash
    from copies
    where not is_identified
),

-- Questions of which some document has the opening words of a copy. Only these can be candidates.
opening_alike as (
    select distinct identified.identified_question_key as alike_question_key
    from copies as identified
    inner join copied_openings on identified.opening_hash = copied_openings.opening_hash
    where identified.is_identified
),

-- The list and the detail of one question can cut its text at different places, so a question can have several rows.
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
        is_truncated,
        max(answered_on) over (partition by identified_question_key) is not null as has_answer
    from copies
    where identified_question_key in (select opening_alike.alike_question_key from opening_alike)
),

answer_days as (
    select distinct
        identified_question_key,
        answered_on
    from copies
    where identified_question_key in (select opening_alike.alike_question_key from opening_alike)
),

unidentified as (
    select
        *,
        count(*) over (partition by document_id, question_form, wording_hash) as same_words_count
    from copies
    where not is_identified
),

compared as (
    select
        unidentified.document_id,
        unidentified.question_ordinal,
        unidentified.same_words_count,
        identified.identified_question_key as question_key,
        case
            when unidentified.asking_member_id = identified.asking_member_id then 'same'
            when unidentified.asking_member_id is null and member_names.name_label is not null then 'same'
            when unidentified.asking_member_id is null and unidentified.asker_label is null then 'unknown'
            when identified.asking_member_id is null then 'unknown'
            else 'different'
        end as asker_agreement,
        unidentified.question_form
    from unidentified
    inner join identified
        on unidentified.opening_hash = identified.opening_hash
        and unidentified.question_form = identified.question_form
    left join member_names
        on identified.asking_member_id = member_names.member_id
        and unidentified.asker_label = member_names.name_label
    left join answer_days
        on identified.identified_question_key = answer_days.identified_question_key
        and unidentified.answered_on = answer_days.answered_on
    left join uin_matches
        on unidentified.document_id = uin_matches.document_id
        and unidentified.question_ordinal = uin_matches.question_ordinal
    where
        uin_matches.question_key is null
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
        -- Topical questions are tabled in the same words every time, so their day must be known and equal.
        and coalesce(unidentified.put_on = identified.put_on, unidentified.question_type != 'topical')
        and (
            unidentified.answered_on is null
            or unidentified.question_form != 'written'
            or not identified.has_answer
            or answer_days.answered_on is not null
        )
)

select distinct
    -- keys
    question_key,

    -- ids
    document_id,
    question_ordinal,

    -- kinds
    asker_agreement,

    -- counts
    same_words_count
from compared
where asker_agreement != 'different' or question_form = 'written'
