{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('statement_key', {
    'int_statements': 'statement_key',
    'int_statement_topics': 'statement_key',
    'stg_records__funding_figure': ['document_id', 'int_statements'],
}) %}

with figures as (
    {{ records_where('stg_records__funding_figure', sharing('document_id', 'int_statements', of_affected)) }}
),
statements as (select * from {{ ref('int_statements') }} {{ of_affected }}),
statement_topics as (select * from {{ ref('int_statement_topics') }} {{ of_affected }}),

topic_labels as (
    select
        statement_key,
        {{ join_distinct('topic_key') }} as topics_label
    from statement_topics
    group by statement_key
),

stated as (
    select
        {{ surrogate_key([
            "'figure'", "statements.statement_key", "figures.text_char_start", "figures.text_char_end"
        ]) }} as figure_key,
        figures.*,
        statements.statement_key,
        statements.department_key,
        statements.stated_on,
        topic_labels.topics_label
    from figures
    inner join statements
        on {{ is_in_statement('figures', 'statements') }}
    left join topic_labels on statements.statement_key = topic_labels.statement_key
)

select
    -- keys
    figure_key,
    statement_key,
    -- A figure repeats another if amount, category, period and programme are the same. Without a programme the sentence
    -- must be the same.
    {{ surrogate_key([
        "currency", "amount_low", "amount_high", "category", "period",
        "coalesce(" ~ normalise_programme("programme_text") ~ ", " ~ normalise_text("sentence") ~ ")"
    ]) }} as subject_hash,
    -- Without a programme, the same large sum for one period, of one department and on the same topics is the same
    -- money, unless it is a change or a number of a table, for which the words around it say what it is for.
    case
        when
            programme_text is null
            and category in ('funding', 'spend')
            and period is not null
            and department_key is not null
            and topics_label is not null
            and amount_high >= 100000
            and not coalesce(is_increase, false)
            and coalesce(rule, '') not like '%unit from table header%'
            then
                {{ surrogate_key([
                    "currency", "amount_low", "amount_high", "category", "period", "department_key", "topics_label"
                ]) }}
    end as agreement_hash,

    -- ids
    document_id,
    statement_ordinal,
    figure_ordinal,

    -- kinds
    statement_kind,

    -- dates
    stated_on,

    -- span
    text_char_start,
    text_char_end
from stated
