{# Which written statements announce money? #}
select
    statements.stated_on,
    statements.department,
    statements.heading,
    count(*) as figure_count,
    max(figures.amount_high_gbp) as highest_gbp,
    statements.public_url
from {{ ref('statements') }} as statements
inner join {{ ref('funding') }} as figures on statements.statement_key = figures.statement_key
where statements.statement_kind = 'written_statement'
group by
    statements.statement_key,
    statements.stated_on,
    statements.department,
    statements.heading,
    statements.public_url
order by highest_gbp desc, statements.statement_key
limit 10
