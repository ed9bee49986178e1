{# Who asks most about policing? #}
select
    asked_by,
    asked_by_party,
    count(*) as question_count
from {{ ref('questions') }}
where topics like '%Policing%' and asked_by is not null
group by asked_by, asked_by_party
order by question_count desc, asked_by
limit 10
