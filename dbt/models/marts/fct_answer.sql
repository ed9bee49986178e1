{% set of_affected = affected_units('answer_key', {
    'int_answers': 'answer_key',
    'int_question_answers': 'answer_key',
    'int_statements': 'statement_key',
    'int_statement_people': 'statement_key',
    'int_answer_clusters': ['answer_text_hash', 'int_answers'],
    'int_non_answers': 'answer_key',
    'int_answer_references': 'answer_key',
    'int_answer_citations': 'answer_key',
    'stg_landing__document': ['document_id', 'int_answers'],
    'stg_records__answer': ['document_id', 'int_answers'],
}) %}

with chosen as (select * from {{ ref('int_answers') }} {{ of_affected }}),
question_answers as (select * from {{ ref('int_question_answers') }} {{ of_affected }}),
answers as ({{ records_where('stg_records__answer', sharing('document_id', 'int_answers', of_affected)) }}),
statements as (select * from {{ ref('int_statements') }} {{ renamed(of_affected, 'statement_key') }}),
people as (select * from {{ ref('int_statement_people') }} {{ renamed(of_affected, 'statement_key') }}),
clusters as (select * from {{ ref('int_answer_clusters') }}),
non_answers as (select * from {{ ref('int_non_answers') }} {{ of_affected }}),
references_made as (select * from {{ ref('int_answer_references') }} {{ of_affected }}),
citations as (select * from {{ ref('int_answer_citations') }} {{ of_affected }}),
documents as (select * from {{ ref('stg_landing__document') }}),

-- A text that the source cut is in no cluster.
primary_answers as (
    select
        chosen.*,
        case when not answers.is_truncated then chosen.answer_text_hash end as whole_text_hash
    from chosen
    inner join answers
        on chosen.document_id = answers.document_id
        and chosen.answer_ordinal = answers.answer_ordinal
    where chosen.is_primary
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
left join clusters on primary_answers.whole_text_hash = clusters.answer_text_hash
