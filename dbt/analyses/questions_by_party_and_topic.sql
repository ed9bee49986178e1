{# What do the parties ask about? #}
select
    questions.asked_by_party,
    topics.topic_title,
    count(*) as question_count
from {{ ref('questions') }} as questions
inner join {{ ref('bridge_question_topic') }} as question_topics
    on questions.question_key = question_topics.question_key
inner join {{ ref('dim_topic') }} as topics on question_topics.topic_key = topics.topic_key
where questions.asked_by_party is not null
group by questions.asked_by_party, topics.topic_title
order by question_count desc, questions.asked_by_party, topics.topic_title
limit 10
