{# In which documents is each question found? #}
select
    questions.uin,
    questions.heading,
    count(*) as document_count,
    count(distinct documents.source) as source_count,
    min(documents.source) as a_source
from {{ ref('questions') }} as questions
inner join {{ ref('bridge_question_document') }} as citations on questions.question_key = citations.question_key
inner join {{ ref('dim_document') }} as documents on citations.document_id = documents.document_id
group by questions.question_key, questions.uin, questions.heading
order by document_count desc, questions.uin
limit 10
