{# What share of answers does not answer, and how? #}
select
    coalesce(non_answer_kind, 'answers') as kind,
    count(*) as answer_count,
    round(100.0 * count(*) / sum(count(*)) over (), 1) as percent
from {{ ref('answers') }}
group by coalesce(non_answer_kind, 'answers')
order by answer_count desc, kind
