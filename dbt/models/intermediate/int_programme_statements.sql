with figures as (select * from {{ ref('fct_funding_figure') }}),
departments as (select * from {{ ref('dim_department') }}),
members as (select * from {{ ref('dim_member') }}),

-- A later statement of a commitment belongs to the department of the first one.
stated as (
    select
        figures.figure_key,
        coalesce(figures.first_stated_figure_key, figures.figure_key) as commitment_figure_key,
        figures.first_stated_figure_key is not null as is_restated,
        coalesce(first_figures.department_key, figures.department_key) as department_key,
        coalesce(members.name, figures.said_by_text, departments.department_name) as stated_by_text,
        {{ normalise_programme('figures.programme_text') }} as programme_label,
        nullif({{ normalise_label('figures.recipient_text') }}, '') as recipient_label,
        figures.programme_text,
        figures.recipient_text,
        figures.period,
        figures.qualifier,
        figures.amount_low_gbp,
        figures.amount_high_gbp,
        coalesce(first_figures.is_increase, figures.is_increase) as is_increase,
        coalesce(
            totals.category = 'funding'
            and {{ normalise_programme('totals.programme_text') }} = {{ normalise_programme('figures.programme_text') }}
            and totals.period is not distinct from figures.period,
            false
        ) as is_part_here,
        figures.stated_on
    from figures
    left join figures as first_figures on figures.first_stated_figure_key = first_figures.figure_key
    left join figures as totals on figures.total_figure_key = totals.figure_key
    left join departments on figures.department_key = departments.department_key
    left join members on figures.said_by_member_key = members.member_key
    where figures.category = 'funding' and figures.programme_text is not null and figures.amount_low_gbp is not null
),

-- A commitment is a part if one of its statements gives it as a part of the programme's own sum.
commitments as (
    select
        *,
        max(case when is_part_here then 1 else 0 end) over (partition by commitment_figure_key) = 1 as is_part
    from stated
),

-- The range that the sum can have if the statement is true: "around" allows a tenth either way, "up to" and "over" are
-- open on one side.
bounded as (
    select
        *,
        not is_increase and not is_part as is_whole,
        case
            when qualifier = 'approx' then amount_low_gbp * 0.9
            when qualifier = 'at_most' then 0
            else amount_low_gbp
        end as least_gbp,
        case
            when qualifier = 'approx' then amount_high_gbp * 1.1
            when qualifier = 'at_least' then null
            else amount_high_gbp
        end as greatest_gbp
    from commitments
),

-- Whole sums of one programme, recipient and period disagree when no sum makes all of the statements true.
compared as (
    select
        *,
        is_whole
        and coalesce(
            max(least_gbp) over (partition by programme_label, recipient_label, period, is_whole)
            > min(greatest_gbp) over (partition by programme_label, recipient_label, period, is_whole),
            false
        ) as has_disagreement
    from bounded
)

select
    -- keys
    figure_key,
    commitment_figure_key,
    department_key,

    -- text
    programme_text,
    recipient_text,
    stated_by_text,
    programme_label,
    recipient_label,

    -- kinds
    period,
    qualifier,

    -- amounts
    amount_low_gbp,
    amount_high_gbp,

    -- dates
    stated_on,

    -- flags
    is_restated,
    is_increase,
    is_part,
    is_whole,
    has_disagreement
from compared
