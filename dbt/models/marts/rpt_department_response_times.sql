with answers as (select * from {{ ref('fct_answer') }}),
question_answers as (select * from {{ ref('bridge_question_answer') }}),
questions as (select * from {{ ref('fct_question') }}),
departments as (select * from {{ ref('dim_department') }}),

answered as (
    select
        questions.department_key,
        departments.department_name,
        questions.house,
        cast(date_trunc('month', answers.answered_on) as date) as month_start_on,
        question_answers.response_days,
        question_answers.response_sitting_days,
        question_answers.is_late,
        question_answers.is_after_nominal_date
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
    count(is_late) as binding_question_count,
    count(case when is_late then 1 end) as late_question_count,
    count(case when is_after_nominal_date then 1 end) as after_nominal_date_question_count,

    -- shares
    cast(avg(case when house = 'Commons' then cast(is_late as int) end) as double) as named_day_late_share,
    cast(avg(case when house = 'Lords' then cast(is_late as int) end) as double) as lords_late_share,

    -- measures
    cast(avg(response_days) as double) as mean_response_days,
    cast(median(response_days) as double) as median_response_days,
    max(response_days) as longest_response_days,
    cast(avg(response_sitting_days) as double) as mean_response_sitting_days,
    cast(median(response_sitting_days) as double) as median_response_sitting_days,
    -- Between whole days it is a whole number of tenths. Without `round`, the last digits depend on the engine.
    round(
        cast(percentile_cont(0.9) within group (order by response_sitting_days) as double), 1
    ) as p90_response_sitting_days
from answered
group by department_key, department_name, house, month_start_on
