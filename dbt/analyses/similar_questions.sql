{# Which questions were asked before in almost the same words? #}
select
    questions.uin,
    earlier.uin as similar_uin,
    questions.department,
    round(pairs.similarity_share, 2) as similarity_share,
    substring(questions.question_text, 1, 100) as question_begins
from {{ ref('bridge_similar_question') }} as pairs
inner join {{ ref('questions') }} as questions on pairs.question_key = questions.question_key
inner join {{ ref('questions') }} as earlier on pairs.similar_question_key = earlier.question_key
order by pairs.similarity_share desc, questions.uin, earlier.uin
limit 10
