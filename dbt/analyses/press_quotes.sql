{# Whom do departments quote in their press posts? #}
select
    said_by,
    party,
    count(*) as quote_count,
    max(stated_on) as last_quoted_on
from {{ ref('statements') }}
where statement_kind = 'quote'
group by said_by, party
order by quote_count desc, said_by
limit 10
