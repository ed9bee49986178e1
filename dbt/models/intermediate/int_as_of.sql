with batches as (
    select * from {{ ref('stg_landing__batch') }}
)

-- The last loaded day of the source: the last day on which questions are known to be unanswered.
select max(interval_end_on) as as_of_on
from batches
where source = 'written_questions'
having max(interval_end_on) is not null
