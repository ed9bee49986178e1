with answers as (
    select * from {{ ref('fct_answer') }}
),

question_answers as (
    select * from {{ ref('bridge_question_answer') }}
),

questions as (
    select * from {{ ref('fct_question') }}
),

departments as (
    select * from {{ ref('dim_department') }}
),

answered as (
    select
        questions.department_key,
        departments.department_name,
        questions.house,
        cast(date_trunc('month', answers.answered_on) as date) as month_start_on,
        question_answers.response_days,
        question_answers.response_sitting_days,
        question_answers.is_late
    from question_answers
    inner join questions on question_answers.question_key = questions.question_key
    inner join answers on question_answers.answer_key = answers.answer_key
    inner join departments on questions.department_key = departments.department_key
    where
        questions.question_type = 'written'
        and questions.tabled_on is not null
        and answers.answered_on is not null
        and not answers.is_holding
)

select
    -- keys
    department_key,

    -- text
    department_name,

    -- kinds
    house,

    -- dates
    month_start_on,

    -- counts
    count(*) as answered_question_count,
    count(case when is_late then 1 end) as late_question_count,

    -- measures
    cast(avg(response_days) as double) as mean_response_days,
    cast(median(response_days) as double) as median_response_days,
    max(response_days) as longest_response_days,
    cast(avg(response_sitting_days) as double) as mean_response_sitting_days
from answered
group by department_key, department_name, house, month_start_on
