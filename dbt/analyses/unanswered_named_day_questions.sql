{# Which named-day questions are still unanswered? #}
select
    uin,
    asked_by,
    department,
    heading,
    due_on,
    public_url
from {{ ref('questions') }}
where is_named_day and is_overdue
order by due_on, uin
limit 10
