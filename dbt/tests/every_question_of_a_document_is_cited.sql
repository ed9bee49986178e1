-- Every question record leads to a row of the marts, so that none is lost.
select
    records.document_id,
    records.question_ordinal
from {{ ref('stg_records__question') }} as records
left join {{ ref('int_question_occurrences') }} as occurrences
    on records.document_id = occurrences.document_id
    and records.question_ordinal = occurrences.question_ordinal
left join {{ ref('bridge_question_document') }} as citations
    on occurrences.question_key = citations.question_key
    and occurrences.document_id = citations.document_id
left join {{ ref('fct_question') }} as questions on citations.question_key = questions.question_key
where questions.question_key is null
