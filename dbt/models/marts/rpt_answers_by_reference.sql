with answers as (select * from {{ ref('fct_answer') }}),
departments as (select * from {{ ref('dim_department') }}),

given as (
    select
        department_key,
        house,
        cast(date_trunc('month', answered_on) as date) as month_start_on,
        count(case when reference_count > 0 then 1 end) as answer_count,
        count(refers_to_question_key) as resolved_answer_count,
        count(*) as all_answer_count
    from answers
    where answered_on is not null and department_key is not null and house is not null
    group by department_key, house, cast(date_trunc('month', answered_on) as date)
)

select
    -- keys
    given.department_key,

    -- text
    departments.department_name,

    -- kinds
    given.house,

    -- dates
    given.month_start_on,

    -- counts
    given.answer_count,
    given.resolved_answer_count,
    given.all_answer_count,

    -- measures
    cast(given.answer_count as double) / cast(given.all_answer_count as double) as answer_share
from given
left join departments on given.department_key = departments.department_key
where given.answer_count > 0
