with statements as (
    select
        *,
        dense_rank() over (
            partition by department_key, programme_label, period
            order by stated_by_text nulls last
        ) as name_rank
    from {{ ref('int_programme_statements') }}
),

departments as (select * from {{ ref('dim_department') }})

select
    -- keys
    {{ surrogate_key([
        "'programme'", "statements.department_key", "statements.programme_label", "statements.period"
    ]) }} as programme_period_key,
    statements.department_key,

    -- text
    departments.department_name,
    min(statements.programme_text) as programme_text,
    {{ join_names('statements.stated_by_text', 'statements.name_rank') }} as stated_by_text,

    -- kinds
    statements.period,

    -- amounts
    cast(
        sum(
            case when statements.is_whole and not statements.is_restated then statements.amount_low_gbp end
        ) as decimal(24, 4)
    ) as total_low_gbp,
    cast(
        sum(
            case when statements.is_whole and not statements.is_restated then statements.amount_high_gbp end
        ) as decimal(24, 4)
    ) as total_high_gbp,
    min(case when statements.is_whole then statements.amount_low_gbp end) as lowest_gbp,
    max(case when statements.is_whole then statements.amount_high_gbp end) as highest_gbp,

    -- dates
    min(statements.stated_on) as first_stated_on,
    max(statements.stated_on) as last_stated_on,

    -- counts
    count(case when not statements.is_restated then 1 end) as figure_count,
    count(case when not statements.is_restated and statements.is_increase then 1 end) as increase_count,
    count(case when not statements.is_restated and statements.is_part then 1 end) as part_count,
    count(*) as statement_count,
    count(case when statements.is_restated then 1 end) as restated_count,
    count(distinct statements.stated_by_text) as stated_by_count,

    -- flags
    max(case when statements.has_disagreement then 1 else 0 end) = 1 as has_disagreement
from statements
left join departments on statements.department_key = departments.department_key
group by statements.department_key, departments.department_name, statements.programme_label, statements.period
