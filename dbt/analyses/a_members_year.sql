{# How active is each member? #}
select
    name,
    party,
    constituency,
    written_question_count,
    spoken_question_count,
    answer_count,
    contribution_count
from {{ ref('members') }}
where member_id is not null
order by
    coalesce(written_question_count, 0) + coalesce(spoken_question_count, 0) + coalesce(contribution_count, 0) desc,
    member_id
limit 10
