with departments as (select * from {{ ref('dim_department') }}),
questions as (select * from {{ ref('fct_question') }}),
answers as (select * from {{ ref('fct_answer') }}),
successions as (select * from {{ ref('bridge_department_successor') }}),

successors as (
    select
        successions.department_key,
        {{ join_distinct('departments.department_name') }} as successor
    from successions
    inner join departments on successions.successor_department_key = departments.department_key
    group by successions.department_key
),

question_counts as (
    select
        department_key,
        count(*) as question_count,
        count(case when is_answered then 1 end) as answered_question_count,
        count(case when is_overdue then 1 end) as overdue_question_count
    from questions
    where department_key is not null
    group by department_key
),

answer_counts as (
    select
        department_key,
        count(*) as answer_count,
        count(case when non_answer_kind is not null then 1 end) as non_answer_count
    from answers
    where department_key is not null
    group by department_key
)

select
    -- text
    departments.department_name as department,
    departments.abbreviation,
    departments.labels_text as also_known_as,
    successors.successor,

    -- dates
    departments.established_on,
    departments.abolished_on,

    -- counts
    coalesce(question_counts.question_count, 0) as question_count,
    coalesce(question_counts.answered_question_count, 0) as answered_question_count,
    coalesce(question_counts.overdue_question_count, 0) as overdue_question_count,
    coalesce(answer_counts.answer_count, 0) as answer_count,
    coalesce(answer_counts.non_answer_count, 0) as non_answer_count,

    -- keys
    departments.department_key,

    -- ids
    departments.answering_body_id
from departments
left join successors on departments.department_key = successors.department_key
left join question_counts on departments.department_key = question_counts.department_key
left join answer_counts on departments.department_key = answer_counts.department_key
