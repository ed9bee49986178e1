with question_topics as (select * from {{ ref('bridge_question_topic') }}),
questions as (select * from {{ ref('fct_question') }}),
topics as (select * from {{ ref('dim_topic') }}),

asked as (
    select
        question_topics.topic_key,
        topics.topic_title,
        questions.house,
        cast(date_trunc('month', questions.asked_on) as date) as month_start_on,
        question_topics.is_in_heading,
        questions.is_answered,
        questions.asking_member_key,
        questions.department_key
    from question_topics
    inner join questions on question_topics.question_key = questions.question_key
    inner join topics on question_topics.topic_key = topics.topic_key
    where questions.asked_on is not null
)

select
    -- keys
    topic_key,

    -- text
    topic_title,

    -- kinds
    house,

    -- dates
    month_start_on,

    -- counts
    count(*) as question_count,
    count(case when is_in_heading then 1 end) as headed_question_count,
    count(case when is_answered then 1 end) as answered_question_count,
    count(distinct asking_member_key) as asker_count,
    count(distinct department_key) as department_count
from asked
group by topic_key, topic_title, house, month_start_on
