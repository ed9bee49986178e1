with questions as (select * from {{ ref('fct_question') }}),
departments as (select * from {{ ref('dim_department') }}),

aged as (
    select
        questions.department_key,
        departments.department_name,
        questions.house,
        questions.has_only_holding_answer,
        questions.as_of_on,
        questions.is_overdue,
        {{ days_between('questions.tabled_on', 'questions.as_of_on') }} as age_days
    from questions
    left join departments on questions.department_key = departments.department_key
    where
        questions.question_type = 'written'
        and questions.question_id is not null
        and (questions.status = 'unanswered' or (questions.status = 'answered' and questions.has_only_holding_answer))
        and questions.tabled_on <= questions.as_of_on
),

banded as (
    select
        *,
        case
            when age_days <= 7 then '0-7 days'
            when age_days <= 14 then '8-14 days'
            when age_days <= 30 then '15-30 days'
            when age_days <= 90 then '31-90 days'
            else 'over 90 days'
        end as age_band
    from aged
)

select
    -- keys
    department_key,

    -- text
    department_name,

    -- kinds
    house,
    age_band,

    -- dates
    as_of_on,

    -- flags
    has_only_holding_answer,

    -- counts
    count(*) as question_count,
    count(case when is_overdue then 1 end) as overdue_question_count,
    max(age_days) as oldest_age_days
from banded
group by department_key, department_name, house, has_only_holding_answer, age_band, as_of_on
