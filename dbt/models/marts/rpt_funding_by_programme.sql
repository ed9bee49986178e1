with figures as (
    select * from {{ ref('fct_funding_figure') }}
),

first_stated as (
    select
        *,
        {{ normalise_text('programme_text') }} as programme_label
    from figures
    where
        first_stated_figure_key is null
        and category = 'funding'
        and programme_text is not null
        and amount_low_gbp is not null
)

select
    -- keys
    {{ surrogate_key(["'programme'", "department_key", "programme_label", "period"]) }} as programme_period_key,
    department_key,

    -- text
    min(programme_text) as programme_text,

    -- kinds
    period,

    -- amounts
    cast(sum(amount_low_gbp) as decimal(24, 2)) as total_low_gbp,
    cast(sum(amount_high_gbp) as decimal(24, 2)) as total_high_gbp,

    -- dates
    min(stated_on) as first_stated_on,
    max(stated_on) as last_stated_on,

    -- counts
    count(*) as figure_count,
    count(case when is_increase then 1 end) as increase_count
from first_stated
group by department_key, programme_label, period
