{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('document_id', {
    'stg_records__debate': 'document_id',
    'stg_landing__document': 'document_id',
}) %}

with debates as (select * from {{ ref('stg_records__debate') }} {{ of_affected }}),
documents as (select * from {{ ref('stg_landing__document') }} {{ of_affected }}),

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
