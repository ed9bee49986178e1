{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('document_id', dict.fromkeys(statement_models().split(), 'document_id')) %}

-- Each kind of statement has a model of its own, with its own rules for the date, the key and the department.
with statements as (
    {{ union_all(statement_models().split(), of_affected) }}
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
    coalesce(
        stated_on,
        case
            when
                min(stated_on) over (partition by document_id) = max(stated_on) over (partition by document_id)
                then min(stated_on) over (partition by document_id)
        end
    ) as stated_on
from statements
