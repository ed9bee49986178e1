{% set of_affected = affected_units('question_key', {
    'int_questions': 'question_key',
    'int_question_states': 'question_key',
    'int_question_citations': 'question_key',
    'int_statement_people': 'statement_key',
    'stg_landing__document': ['document_id', 'int_questions'],
    'stg_records__question': ['document_id', 'int_questions'],
}) %}

with chosen as (select * from {{ ref('int_questions') }} {{ of_affected }}),
questions as (
    {{ records_where('stg_records__question', sharing('document_id', 'int_questions', of_affected)) }}
),
states as (select * from {{ ref('int_question_states') }} {{ of_affected }}),
people as (select * from {{ ref('int_statement_people') }} {{ renamed(of_affected, 'statement_key') }}),
citations as (select * from {{ ref('int_question_citations') }} {{ of_affected }}),
documents as (select * from {{ ref('stg_landing__document') }})

select
    -- keys
    chosen.question_key,
    chosen.question_group_key,
    askers.member_key as asking_member_key,
    chosen.department_key,
    states.original_department_key,

    -- ids
    chosen.document_id,
    chosen.question_id,
    chosen.uin,
    askers.member_id as asking_member_id,

    -- kinds
    chosen.question_type,
    chosen.house,
    states.status,
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
    states.answered_on,
    states.lapsed_on,
    states.transfer_seen_on,
    states.withdrawal_seen_on,
    states.missed_on,
    states.as_of_on,
    chosen.asked_on,

    -- flags
    states.is_answered,
    states.has_only_holding_answer,
    states.is_overdue,
    states.is_past_nominal_date,
    chosen.is_named_day,
    chosen.is_withdrawn,
    chosen.has_declared_interest,
    chosen.is_truncated,
    {{ is_paraphrase('documents.document_kind') }} as is_paraphrase,

    -- counts
    states.overdue_days,
    states.overdue_sitting_days,

    -- span
    questions.char_start,
    questions.char_end
from chosen
inner join questions
    on chosen.document_id = questions.document_id
    and chosen.question_ordinal = questions.question_ordinal
inner join documents on chosen.document_id = documents.document_id
inner join states on chosen.question_key = states.question_key
left join people as askers
    on chosen.question_key = askers.statement_key
    and askers.person_role = 'asker'
left join citations on chosen.question_key = citations.question_key
