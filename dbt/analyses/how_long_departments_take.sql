{# How long do departments take to answer? #}
select
    department,
    house,
    count(*) as answered_question_count,
    median(response_days) as median_days,
    median(response_sitting_days) as median_sitting_days,
    max(response_days) as longest_days
from {{ ref('questions') }}
where question_type = 'written' and is_answered and response_days is not null
group by department, house
order by answered_question_count desc, department, house
limit 10
