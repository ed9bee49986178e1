with figures as (select * from {{ ref('stg_records__funding_figure') }}),
statements as (select * from {{ ref('int_statements') }}),
people as (select * from {{ ref('int_statement_people') }}),
quotes as (select * from {{ ref('stg_records__quote') }}),
departments as (select * from {{ ref('int_departments') }}),
statement_topics as (select * from {{ ref('int_statement_topics') }}),

topic_labels as (
    select
        statement_key,
        {{ join_distinct('topic_key') }} as topics_label
    from statement_topics
    group by statement_key
),

-- What stands in a block quotation is said by the person quoted.
quoted as (
    select
        figures.document_id,
        figures.figure_ordinal,
        max(people.member_key) as member_key,
        max(coalesce(people.name_text, people.registered_name, people.post_text)) as name_text
    from figures
    inner join quotes
        on figures.document_id = quotes.document_id
        and figures.char_start >= quotes.char_start
        and figures.char_end <= quotes.char_end
    inner join people
        on quotes.document_id = people.document_id
        and quotes.quote_ordinal = people.person_ordinal
        and people.person_role = 'quoted'
    where quotes.is_block
    group by figures.document_id, figures.figure_ordinal
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
        coalesce(authors.member_key, quoted.member_key) as said_by_member_key,
        coalesce(
            authors.name_text,
            authors.registered_name,
            quoted.name_text,
            case when statements.statement_kind in ({{ kinds_without_author() }}) then departments.department_name end
        ) as said_by_text,
        figures.*,
        coalesce(
            {{ normalise_programme("figures.programme_text") }}, {{ normalise_text("figures.sentence") }}
        ) as subject_label
    from figures
    inner join statements
        on {{ is_in_statement('figures', 'statements') }}
    left join people as authors
        on statements.statement_key = authors.statement_key
        and authors.is_author
    left join quoted
        on figures.document_id = quoted.document_id
        and figures.figure_ordinal = quoted.figure_ordinal
    left join departments on statements.department_key = departments.department_key
),

-- A figure repeats another if amount, category, period and programme are the same. Without a programme the sentence
-- must be the same.
repeated as (
    select
        *,
        first_value(figure_key) over (
            partition by currency, amount_low, amount_high, category, coalesce(period, ''), subject_label
            order by
                stated_on nulls last, document_id, statement_kind, statement_ordinal, text_char_start, text_char_end
            rows between unbounded preceding and unbounded following
        ) as first_figure_key
    from stated
),

-- Without a programme, the same large sum for one period, of one department and on the same topics is the same money,
-- unless it is a change or a number of a table, for which the words around it say what it is for.
agreed as (
    select
        repeated.figure_key as first_figure_key,
        first_value(repeated.figure_key) over (
            partition by
                repeated.currency, repeated.amount_low, repeated.amount_high, repeated.category, repeated.period,
                repeated.department_key, topic_labels.topics_label
            order by
                repeated.stated_on nulls last, repeated.document_id, repeated.statement_kind,
                repeated.statement_ordinal, repeated.text_char_start, repeated.text_char_end
            rows between unbounded preceding and unbounded following
        ) as agreed_figure_key
    from repeated
    inner join topic_labels on repeated.statement_key = topic_labels.statement_key
    where
        repeated.figure_key = repeated.first_figure_key
        and repeated.programme_text is null
        and repeated.category in ('funding', 'spend')
        and repeated.period is not null
        and repeated.department_key is not null
        and repeated.amount_high >= 100000
        and not coalesce(repeated.is_increase, false)
        and coalesce(repeated.rule, '') not like '%unit from table header%'
)

select
    -- keys
    repeated.figure_key,
    repeated.statement_key,
    repeated.reply_to_question_key as question_key,
    repeated.department_key,
    repeated.said_by_member_key,
    nullif(
        coalesce(agreed.agreed_figure_key, repeated.first_figure_key), repeated.figure_key
    ) as first_stated_figure_key,
    totals.figure_key as total_figure_key,

    -- ids
    repeated.document_id,

    -- kinds
    repeated.statement_kind,
    repeated.currency,
    repeated.qualifier,
    repeated.category,
    repeated.direction,
    repeated.certainty,
    repeated.period,
    repeated.rule,

    -- amounts
    repeated.amount_low,
    repeated.amount_high,
    case when repeated.currency = 'GBP' then repeated.amount_low end as amount_low_gbp,
    case when repeated.currency = 'GBP' then repeated.amount_high end as amount_high_gbp,

    -- confidence
    cast(
        case
            when agreed.agreed_figure_key != repeated.first_figure_key then 0.6
            when repeated.first_figure_key = repeated.figure_key then null
            when repeated.programme_text is null then 1
            else 0.95
        end as decimal(4, 3)
    ) as restatement_confidence,

    -- text
    repeated.surface,
    repeated.programme_text,
    repeated.recipient_text,
    repeated.sentence,
    repeated.list_lead_text,
    repeated.said_by_text,

    -- dates
    repeated.stated_on,

    -- flags
    repeated.is_increase,

    -- span
    repeated.text_char_start,
    repeated.text_char_end,
    repeated.char_start,
    repeated.char_end
from repeated
left join agreed on repeated.first_figure_key = agreed.first_figure_key
left join stated as totals
    on {{ is_in_statement('repeated', 'totals') }}
    and repeated.total_ordinal = totals.figure_ordinal
