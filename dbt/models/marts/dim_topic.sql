select
    -- keys
    topics.topic_key,

    -- text
    topics.topic_title,
    topics.topic_description,

    -- counts
    topics.taxonomy_version,
    count(case when keywords.keyword_kind != 'exclude' then 1 end) as include_phrase_count,
    count(case when keywords.keyword_kind = 'exclude' then 1 end) as exclude_phrase_count
from {{ ref('topic') }} as topics
left join {{ ref('topic_keyword') }} as keywords on topics.topic_key = keywords.topic_key
group by topics.topic_key, topics.topic_title, topics.topic_description, topics.taxonomy_version
