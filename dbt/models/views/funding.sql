with figures as (select * from {{ ref('fct_funding_figure') }}),
statements as (select * from {{ ref('statements') }}),
members as (select * from {{ ref('dim_member') }}),
departments as (select * from {{ ref('dim_department') }}),
contributions as (select * from {{ ref('fct_contribution') }}),
debates as (select * from {{ ref('fct_debate') }})

select
    -- amounts
    figures.amount_low_gbp,
    figures.amount_high_gbp,

    -- kinds
    figures.currency,
    figures.qualifier,
    figures.category,
    figures.direction,
    figures.certainty,
    figures.period,

    -- text
    figures.programme_text as programme,
    figures.recipient_text as recipient,
    figures.said_by_text as said_by,
    members.party as said_by_party,
    departments.department_name as department,
    {{ topic_titles('bridge_figure_topic', 'figures', 'figure_key') }} as topics,

    -- dates
    figures.stated_on,

    -- kinds
    figures.statement_kind,
    coalesce(statements.house, debates.house) as house,

    -- flags
    figures.is_increase,
    figures.first_stated_figure_key is not null as is_restated,

    -- text
    figures.sentence,
    coalesce(statements.public_url, contributions.public_url) as public_url,
    coalesce(statements.cite_as, contributions.cite_as) as cite_as,

    -- keys
    figures.figure_key,
    figures.first_stated_figure_key,
    figures.statement_key,
    figures.question_key,
    figures.said_by_member_key,
    figures.department_key,

    -- ids
    figures.document_id
from figures
left join statements on figures.statement_key = statements.statement_key
left join contributions on figures.statement_key = contributions.contribution_key
left join debates on contributions.debate_key = debates.debate_key
left join members on figures.said_by_member_key = members.member_key
left join departments on figures.department_key = departments.department_key
