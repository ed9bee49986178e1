{# What was Parliament asked about? #}
select
    topic_title,
    sum(question_count) as question_count,
    sum(answered_question_count) as answered_question_count,
    max(asker_count) as asker_count
from {{ ref('rpt_topics_by_month') }}
group by topic_title
order by question_count desc, topic_title
limit 10
