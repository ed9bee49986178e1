with debates as (select * from {{ ref('stg_records__debate') }}),
documents as (select * from {{ ref('stg_landing__document') }}),

statements as (
    select
        debates.document_id,
        'debate' as statement_kind,
        debates.debate_ordinal as statement_ordinal,
        {{ surrogate_key(["'debate'", "debates.document_id", "debates.debate_ordinal"]) }} as statement_key,
        coalesce(debates.debated_on, documents.published_on) as stated_on,
        debates.lead_member_text
    from debates
    inner join documents on debates.document_id = documents.document_id
)

select
    {{ attribution(
        role="lead", person_ordinal="statements.statement_ordinal",
        name_text="statements.lead_member_text"
    ) }}
from statements
