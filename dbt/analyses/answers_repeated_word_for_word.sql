{# Which answers are given again and again? #}
select
    answer_count,
    department_count,
    first_answered_on,
    last_answered_on,
    non_answer_kind,
    substring(answer_text, 1, 100) as answer_begins
from {{ ref('rpt_repeated_answers') }}
order by answer_count desc, repeat_cluster_key
limit 10
