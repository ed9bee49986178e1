-- Each kind of statement has a model of its own, with its own rules for the date, the key and the department.
with statements as (
    {{ union_all(statement_models().split()) }}
)

select
    -- keys
    statement_key,
    reply_to_question_key,
    department_key,

    -- ids
    document_id,
    statement_ordinal,

    -- kinds
    statement_kind,
    house,

    -- dates
    stated_on
from statements
