{# Which money is announced most often? #}
select
    programme_text as programme,
    department_name as department,
    period,
    highest_gbp,
    statement_count,
    restated_count
from {{ ref('rpt_funding_by_programme') }}
where programme_text is not null
order by restated_count desc, statement_count desc, programme_period_key
limit 10
