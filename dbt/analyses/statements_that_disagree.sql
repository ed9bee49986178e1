{# Where do statements about one programme contradict each other? #}
select
    disagreement_key,
    max(programme_text) as programme,
    max(period) as period,
    min(amount_low_gbp) as lowest_gbp,
    max(amount_high_gbp) as highest_gbp,
    count(*) as amount_count
from {{ ref('rpt_funding_disagreement') }}
group by disagreement_key
order by amount_count desc, disagreement_key
limit 10
