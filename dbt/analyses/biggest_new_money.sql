{# What are the biggest sums announced, each counted once? #}
select
    stated_on,
    said_by,
    department,
    programme,
    amount_high_gbp,
    period,
    cite_as
from {{ ref('funding') }}
where category = 'funding' and not is_restated
order by amount_high_gbp desc, figure_key
limit 10
