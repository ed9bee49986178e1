{# Which departments answer named-day questions late? #}
select
    department,
    count(*) as named_day_question_count,
    count(case when is_late then 1 end) as late_count,
    round(100.0 * count(case when is_late then 1 end) / count(*), 1) as late_percent
from {{ ref('questions') }}
where is_named_day and is_answered
group by department
having count(*) >= 5
order by late_percent desc, department
limit 10
