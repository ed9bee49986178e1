{% set of_affected = affected_units('statement_key', {
    'int_statements': 'statement_key',
    'int_figure_subjects': 'statement_key',
    'int_first_figures': ['figure_key', 'int_figure_subjects'],
    'int_agreed_figures': ['figure_key', 'int_first_figures.first_figure_key', 'figure_key', 'int_figure_subjects'],
    'int_statement_people': ['document_id', 'int_statements'],
    'stg_records__funding_figure': ['document_id', 'int_statements'],
    'stg_records__quote': ['document_id', 'int_statements'],
}) %}
{% set in_documents = sharing('document_id', 'int_statements', of_affected) %}

with figures as ({{ records_where('stg_records__funding_figure', in_documents) }}),
statements as (select * from {{ ref('int_statements') }} {{ of_affected }}),
subjects as (select * from {{ ref('int_figure_subjects') }} {{ of_affected }}),
firsts as (select * from {{ ref('int_first_figures') }}),
agreements as (select * from {{ ref('int_agreed_figures') }}),
people as (select * from {{ ref('int_statement_people') }} {{ in_documents }}),
quotes as (select * from {{ ref('stg_records__quote') }} {{ in_documents }}),
departments as (select * from {{ ref('int_departments') }}),

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
        subjects.figure_key,
        statements.statement_key,
        statements.reply_to_question_key,
        statements.department_key,
        statements.stated_on,
        firsts.first_figure_key,
        agreements.agreed_figure_key,
        coalesce(authors.member_key, quoted.member_key) as said_by_member_key,
        coalesce(
            authors.name_text,
            authors.registered_name,
            quoted.name_text,
            case when statements.statement_kind in ({{ kinds_without_author() }}) then departments.department_name end
        ) as said_by_text,
        figures.*
    from subjects
    inner join figures
        on subjects.document_id = figures.document_id
        and subjects.figure_ordinal = figures.figure_ordinal
    inner join statements on subjects.statement_key = statements.statement_key
    inner join firsts on subjects.figure_key = firsts.figure_key
    left join agreements on firsts.first_figure_key = agreements.figure_key
    left join people as authors
        on statements.statement_key = authors.statement_key
        and authors.is_author
    left join quoted
        on figures.document_id = quoted.document_id
        and figures.figure_ordinal = quoted.figure_ordinal
    left join departments on statements.department_key = departments.department_key
)

select
    -- keys
    stated.figure_key,
    stated.statement_key,
    stated.reply_to_question_key as question_key,
    stated.department_key,
    stated.said_by_member_key,
    nullif(
        coalesce(stated.agreed_figure_key, stated.first_figure_key), stated.figure_key
    ) as first_stated_figure_key,
    totals.figure_key as total_figure_key,

    -- ids
    stated.document_id,

    -- kinds
    stated.statement_kind,
    stated.currency,
    stated.qualifier,
    stated.category,
    stated.direction,
    stated.certainty,
    stated.period,
    stated.rule,

    -- amounts
    stated.amount_low,
    stated.amount_high,
    case when stated.currency = 'GBP' then stated.amount_low end as amount_low_gbp,
    case when stated.currency = 'GBP' then stated.amount_high end as amount_high_gbp,

    -- confidence
    cast(
        case
            when stated.agreed_figure_key != stated.first_figure_key then 0.6
            when stated.first_figure_key = stated.figure_key then null
            when stated.programme_text is null then 1
            else 0.95
        end as decimal(4, 3)
    ) as restatement_confidence,

    -- text
    stated.surface,
    stated.programme_text,
    stated.recipient_text,
    stated.sentence,
    stated.list_lead_text,
    stated.said_by_text,

    -- dates
    stated.stated_on,

    -- flags
    stated.is_increase,

    -- span
    stated.text_char_start,
    stated.text_char_end,
    stated.char_start,
    stated.char_end
from stated
left join subjects as totals
    on stated.statement_key = totals.statement_key
    and stated.document_id = totals.document_id
    and stated.total_ordinal = totals.figure_ordinal
