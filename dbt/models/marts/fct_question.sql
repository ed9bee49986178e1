with chosen as (
    select * from {{ ref('int_questions') }}
),

questions as (
    select * from {{ ref('stg_records__question') }}
),

question_answers as (
    select * from {{ ref('int_answers') }}
),

answers as (
    select * from {{ ref('stg_records__answer') }}
),

people as (
    select * from {{ ref('int_statement_people') }}
),

citations as (
    select * from {{ ref('int_question_citations') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

calendar as (
    select * from {{ ref('int_calendar') }}
),

given as (
    select
        question_answers.question_key,
        min(answers.answered_on) as answered_on,
        max(case when answers.is_holding then 0 else 1 end) = 1 as is_substantive
    from question_answers
    inner join answers
        on question_answers.document_id = answers.document_id
        and question_answers.answer_ordinal = answers.answer_ordinal
    group by question_answers.question_key
),

-- A saved document does not say how a question stands now. A holding answer does not end the wait.
overdue as (
    select
        chosen.question_key,
        {{ days_between('chosen.due_on', 'as_of.as_of_on') }} as overdue_days,
        case chosen.house
            when 'Commons' then newest.commons_sitting_day_count - due.commons_sitting_day_count
            when 'Lords' then newest.lords_sitting_day_count - due.lords_sitting_day_count
        end as overdue_sitting_days
    from chosen
    inner join as_of on chosen.due_on < as_of.as_of_on
    left join given on chosen.question_key = given.question_key
    left join calendar as due on chosen.due_on = due.date_on
    left join calendar as newest on as_of.as_of_on = newest.date_on
    where
        chosen.question_type = 'written'
        and chosen.question_id is not null
        and not coalesce(given.is_substantive, false)
        and (given.question_key is not null or not coalesce(chosen.is_withdrawn, false))
)

select
    -- keys
    chosen.question_key,
    chosen.question_group_key,
    askers.member_key as asking_member_key,
    chosen.department_key,

    -- ids
    chosen.document_id,
    chosen.question_id,
    chosen.uin,
    askers.member_id as asking_member_id,

    -- kinds
    chosen.question_type,
    chosen.house,
    case
        when given.question_key is not null then 'answered'
        when chosen.is_withdrawn then 'withdrawn'
        else 'unanswered'
    end as status,
    askers.match_method,

    -- shares
    askers.match_confidence,

    -- text
    askers.registered_name as asking_member_name,
    chosen.asked_by_text,
    chosen.asked_by_party_text,
    chosen.asked_by_constituency_text,
    chosen.answering_body_text,
    chosen.heading,
    questions.question_text,
    citations.public_url,
    citations.cite_as,

    -- dates
    chosen.tabled_on,
    chosen.due_on,
    given.answered_on,
    chosen.asked_on,

    -- flags
    given.question_key is not null as is_answered,
    given.question_key is not null and not given.is_substantive as has_only_holding_answer,
    overdue.question_key is not null as is_overdue,
    chosen.is_named_day,
    chosen.is_withdrawn,
    chosen.has_declared_interest,
    chosen.is_truncated,

    -- counts
    overdue.overdue_days,
    overdue.overdue_sitting_days,

    -- span
    questions.char_start,
    questions.char_end
from chosen
inner join questions
    on chosen.document_id = questions.document_id
    and chosen.question_ordinal = questions.question_ordinal
left join people as askers
    on chosen.question_key = askers.statement_key
    and askers.person_role = 'asker'
left join given on chosen.question_key = given.question_key
left join overdue on chosen.question_key = overdue.question_key
left join citations on chosen.question_key = citations.question_key
