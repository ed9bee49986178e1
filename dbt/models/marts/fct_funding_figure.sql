with figures as (
    select * from {{ ref('stg_records__funding_figure') }}
),

statements as (
    select * from {{ ref('int_statements') }}
),

attributions as (
    select * from {{ ref('int_attributions') }}
),

matches as (
    select * from {{ ref('int_person_matches') }}
),

sayers as (
    select
        attributions.document_id,
        attributions.statement_kind,
        attributions.statement_ordinal,
        attributions.name_text,
        matches.member_key
    from attributions
    inner join matches on attributions.person_key = matches.person_key
    where attributions.person_role in ('asker', 'answerer', 'speaker')
),

stated as (
    select
        {{ surrogate_key([
            "'figure'", "statements.statement_key", "figures.text_char_start", "figures.text_char_end"
        ]) }} as figure_key,
        statements.statement_key,
        statements.reply_to_question_key,
        statements.department_key,
        statements.stated_on,
        sayers.member_key as said_by_member_key,
        sayers.name_text as said_by_text,
        figures.*,
        {{ normalise_text("coalesce(figures.programme_text, figures.sentence)") }} as subject_label
    from figures
    inner join statements
        on figures.document_id = statements.document_id
        and figures.statement_kind = statements.statement_kind
        and figures.statement_ordinal = statements.statement_ordinal
    left join sayers
        on figures.document_id = sayers.document_id
        and figures.statement_kind = sayers.statement_kind
        and figures.statement_ordinal = sayers.statement_ordinal
),

-- The same amount for the same programme (or, where none is named, in the same sentence) and period is one figure.
repeated as (
    select
        *,
        first_value(figure_key) over (
            partition by currency, amount_low, amount_high, coalesce(period, ''), subject_label
            order by
                stated_on nulls last, document_id, statement_kind, statement_ordinal, text_char_start, text_char_end
            rows between unbounded preceding and unbounded following
        ) as first_figure_key
    from stated
)

select
    -- keys
    figure_key,
    statement_key,
    reply_to_question_key as question_key,
    department_key,
    said_by_member_key,
    nullif(first_figure_key, figure_key) as first_stated_figure_key,

    -- ids
    document_id,

    -- kinds
    statement_kind,
    currency,
    qualifier,
    category,
    period,
    rule,

    -- amounts
    amount_low,
    amount_high,
    case when currency = 'GBP' then amount_low end as amount_low_gbp,
    case when currency = 'GBP' then amount_high end as amount_high_gbp,

    -- text
    surface,
    programme_text,
    recipient_text,
    sentence,
    said_by_text,

    -- dates
    stated_on,

    -- flags
    is_increase,

    -- span
    text_char_start,
    text_char_end,
    char_start,
    char_end
from repeated
