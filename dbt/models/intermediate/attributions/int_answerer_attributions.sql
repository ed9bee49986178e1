with answers as (
    select * from {{ ref('stg_records__answer') }}
),

statements as (
    select * from {{ ref('int_statements') }}
)

select
    {{ attribution(
        role="answerer",
        person_ordinal="answers.answer_ordinal",
        is_author=true,
        member_id="answers.answering_member_id",
        name_text="answers.answered_by_text",
        post_text="answers.answered_by_post_text"
    ) }}
from answers
inner join statements
    on answers.document_id = statements.document_id
    and answers.answer_ordinal = statements.statement_ordinal
    and statements.statement_kind = 'answer'
