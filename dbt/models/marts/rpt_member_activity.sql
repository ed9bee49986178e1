with members as (select * from {{ ref('dim_member') }}),
questions as (select * from {{ ref('fct_question') }}),
answers as (select * from {{ ref('fct_answer') }}),
contributions as (select * from {{ ref('fct_contribution') }}),
mentions as (select * from {{ ref('fct_member_mention') }}),

newest as (
    {{ first_rows("members", "member_id", "is_current desc, valid_from desc") }}
),

asked as (
    select
        members.member_id,
        count(case when questions.question_type = 'written' then 1 end) as written_question_count,
        count(case when questions.question_type != 'written' then 1 end) as spoken_question_count,
        count(case when questions.is_named_day then 1 end) as named_day_question_count,
        count(case when questions.is_answered then 1 end) as answered_question_count,
        min(questions.asked_on) as first_asked_on,
        max(questions.asked_on) as last_asked_on
    from questions
    inner join members on questions.asking_member_key = members.member_key
    group by members.member_id
),

answered as (
    select
        members.member_id,
        count(*) as answer_count
    from answers
    inner join members on answers.answering_member_key = members.member_key
    group by members.member_id
),

spoken as (
    select
        members.member_id,
        count(*) as contribution_count
    from contributions
    inner join members on contributions.member_key = members.member_key
    group by members.member_id
),

mentioned as (
    select
        members.member_id,
        count(*) as mention_count
    from mentions
    inner join members on mentions.member_key = members.member_key
    group by members.member_id
)

select
    -- keys
    newest.member_key,

    -- ids
    newest.member_id,

    -- text
    newest.name,
    newest.party,
    newest.constituency,

    -- kinds
    newest.house,

    -- dates
    asked.first_asked_on,
    asked.last_asked_on,

    -- flags
    newest.is_current,

    -- counts
    coalesce(asked.written_question_count, 0) as written_question_count,
    coalesce(asked.spoken_question_count, 0) as spoken_question_count,
    coalesce(asked.named_day_question_count, 0) as named_day_question_count,
    coalesce(asked.answered_question_count, 0) as answered_question_count,
    coalesce(answered.answer_count, 0) as answer_count,
    coalesce(spoken.contribution_count, 0) as contribution_count,
    coalesce(mentioned.mention_count, 0) as mention_count
from newest
left join asked on newest.member_id = asked.member_id
left join answered on newest.member_id = answered.member_id
left join spoken on newest.member_id = spoken.member_id
left join mentioned on newest.member_id = mentioned.member_id
where newest.member_id is not null
