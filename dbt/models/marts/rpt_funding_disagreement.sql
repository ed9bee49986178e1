with statements as (
    select
        *,
        dense_rank() over (
            partition by
                programme_label, recipient_label, period, qualifier, amount_low_gbp, amount_high_gbp
            order by stated_by_text nulls last
        ) as name_rank,
        row_number() over (
            partition by
                programme_label, recipient_label, period, qualifier, amount_low_gbp, amount_high_gbp
            order by is_restated, stated_on nulls last, figure_key
        ) as statement_rank
    from {{ ref('int_programme_statements') }}
    where has_disagreement
)

select
    -- keys
    {{ surrogate_key([
        "'disagreement'", "programme_label", "recipient_label", "period", "qualifier", "amount_low_gbp",
        "amount_high_gbp"
    ]) }} as disagreement_amount_key,
    {{ surrogate_key([
        "'disagreement'", "programme_label", "recipient_label", "period"
    ]) }} as disagreement_key,
    max(case when statement_rank = 1 then figure_key end) as figure_key,

    -- text
    min(programme_text) as programme_text,
    min(recipient_text) as recipient_text,
    {{ join_names('stated_by_text', 'name_rank') }} as stated_by_text,

    -- kinds
    period,
    qualifier,

    -- amounts
    amount_low_gbp,
    amount_high_gbp,

    -- dates
    min(stated_on) as first_stated_on,
    max(stated_on) as last_stated_on,

    -- counts
    count(*) as statement_count,
    count(distinct stated_by_text) as stated_by_count
from statements
group by programme_label, recipient_label, period, qualifier, amount_low_gbp, amount_high_gbp
