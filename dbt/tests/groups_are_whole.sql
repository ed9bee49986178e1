-- Questions that a link connects are in one group, and a question is in one group. If this fails, a chain of links is
-- longer than the rounds of int_question_groups reach.
select
    group_link as connecting,
    count(distinct question_group_key) as group_count
from {{ ref('int_question_groups') }}
group by group_link
having count(distinct question_group_key) > 1
union all
select
    question_key as connecting,
    count(distinct question_group_key) as group_count
from {{ ref('int_question_groups') }}
group by question_key
having count(distinct question_group_key) > 1
