{# In which documents is each question found? #}
select
    questions.uin,
    questions.heading,
    count(*) as document_count,
    string_agg(distinct documents.source, ', ' order by documents.source) as sources
from {{ ref('questions') }} as questions
inner join {{ ref('bridge_question_document') }} as citations on questions.question_key = citations.question_key
inner join {{ ref('dim_document') }} as documents on citations.document_id = documents.document_id
group by questions.question_key, questions.uin, questions.heading
order by document_count desc, questions.uin
limit 10
