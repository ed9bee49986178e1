with chosen as (select * from {{ ref('int_answers') }}),
question_answers as (select * from {{ ref('int_question_answers') }}),
answers as (select * from {{ ref('stg_records__answer') }}),
statements as (select * from {{ ref('int_statements') }}),
people as (select * from {{ ref('int_statement_people') }}),
clusters as (select * from {{ ref('int_answer_clusters') }}),
non_answers as (select * from {{ ref('int_non_answers') }}),
references_made as (select * from {{ ref('int_answer_references') }}),
citations as (select * from {{ ref('int_answer_citations') }}),
documents as (select * from {{ ref('stg_landing__document') }}),

primary_answers as (
    select *
    from chosen
    where is_primary
),

-- An answer to several questions took as long as the longest wait, and is late if it is late for one of them.
timings as (
    select
        answer_key,
        count(*) as question_count,
        max(response_days) as response_days,
        max(response_sitting_days) as response_sitting_days,
        max(case when is_late then 1 when not is_late then 0 end) = 1 as is_late,
        max(
            case when is_after_nominal_date then 1 when not is_after_nominal_date then 0 end
        ) = 1 as is_after_nominal_date
    from question_answers
    group by answer_key
)

select
    -- keys
    primary_answers.answer_key,
    answerers.member_key as answering_member_key,
    statements.department_key,
    clusters.repeat_cluster_key,
    references_made.refers_to_question_key,
    citations.first_question_key,

    -- ids
    primary_answers.document_id,
    answerers.member_id as answering_member_id,
    references_made.refers_to_uin,

    -- kinds
    statements.house,
    answerers.match_method,
    case when answers.is_holding then 'holding' else non_answers.non_answer_kind end as non_answer_kind,

    -- shares
    answerers.match_confidence,

    -- text
    answerers.registered_name as answering_member_name,
    answers.answered_by_text,
    answers.answered_by_post_text,
    answers.answer_text,
    answers.original_answer_text,
    citations.public_url,
    citations.cite_as,

    -- dates
    answers.answered_on,
    answers.held_on,
    answers.corrected_on,
    references_made.refers_to_on,

    -- flags
    answers.is_holding,
    answers.is_correction,
    answers.is_truncated,
    {{ is_paraphrase('documents.document_kind') }} as is_paraphrase,
    timings.is_late,
    timings.is_after_nominal_date,

    -- counts
    timings.question_count,
    timings.response_days,
    timings.response_sitting_days,
    coalesce(references_made.reference_count, 0) as reference_count,
    answers.attachment_count,

    -- span
    answers.char_start,
    answers.char_end
from primary_answers
inner join answers
    on primary_answers.document_id = answers.document_id
    and primary_answers.answer_ordinal = answers.answer_ordinal
inner join documents on primary_answers.document_id = documents.document_id
inner join timings on primary_answers.answer_key = timings.answer_key
inner join statements on primary_answers.answer_key = statements.statement_key
left join people as answerers
    on primary_answers.answer_key = answerers.statement_key
    and answerers.person_role = 'answerer'
left join citations on primary_answers.answer_key = citations.answer_key
left join non_answers on primary_answers.answer_key = non_answers.answer_key
left join references_made on primary_answers.answer_key = references_made.answer_key
left join clusters
    on primary_answers.answer_text_hash = clusters.answer_text_hash
    and not answers.is_truncated
