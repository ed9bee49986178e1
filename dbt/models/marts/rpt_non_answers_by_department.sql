with answers as (select * from {{ ref('fct_answer') }}),
departments as (select * from {{ ref('dim_department') }}),

given as (
    select
        department_key,
        house,
        non_answer_kind,
        cast(date_trunc('month', answered_on) as date) as month_start_on
    from answers
    where answered_on is not null and department_key is not null and house is not null
),

counted as (
    select
        department_key,
        house,
        month_start_on,
        non_answer_kind,
        count(*) as answer_count
    from given
    group by department_key, house, month_start_on, non_answer_kind
),

totalled as (
    select
        *,
        sum(answer_count) over (partition by department_key, house, month_start_on) as all_answer_count
    from counted
)

select
    -- keys
    totalled.department_key,

    -- text
    departments.department_name,

    -- kinds
    totalled.house,
    totalled.non_answer_kind,

    -- dates
    totalled.month_start_on,

    -- counts
    totalled.answer_count,
    cast(totalled.all_answer_count as bigint) as all_answer_count,

    -- measures
    cast(totalled.answer_count as double) / cast(totalled.all_answer_count as double) as answer_share
from totalled
left join departments on totalled.department_key = departments.department_key
where totalled.non_answer_kind is not null
