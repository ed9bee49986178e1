with figures as (
    select * from {{ ref('fct_funding_figure') }}
),

departments as (
    select * from {{ ref('dim_department') }}
),

first_stated as (
    select
        figures.*,
        departments.department_name,
        {{ normalise_text('figures.programme_text') }} as programme_label,
        case when not figures.is_increase then figures.amount_low_gbp end as whole_low_gbp,
        case when not figures.is_increase then figures.amount_high_gbp end as whole_high_gbp
    from figures
    left join departments on figures.department_key = departments.department_key
    where
        figures.first_stated_figure_key is null
        and figures.category = 'funding'
        and figures.programme_text is not null
        and figures.amount_low_gbp is not null
)

select
    -- keys
    {{ surrogate_key(["'programme'", "department_key", "programme_label", "period"]) }} as programme_period_key,
    department_key,

    -- text
    department_name,
    min(programme_text) as programme_text,

    -- kinds
    period,

    -- amounts
    cast(sum(whole_low_gbp) as decimal(24, 4)) as total_low_gbp,
    cast(sum(whole_high_gbp) as decimal(24, 4)) as total_high_gbp,

    -- dates
    min(stated_on) as first_stated_on,
    max(stated_on) as last_stated_on,

    -- counts
    count(*) as figure_count,
    count(case when is_increase then 1 end) as increase_count
from first_stated
group by department_key, department_name, programme_label, period
