-- A statement that had two authors would count its sums of money twice.
select
    statement_key,
    count(*) as author_count
from {{ ref('int_statement_people') }}
where is_author
group by statement_key
having count(*) > 1
