{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('document_id', {
    'stg_records__vote': 'document_id',
    'stg_records__division': 'document_id',
}) %}

with votes as (select * from {{ ref('stg_records__vote') }} {{ of_affected }}),
divisions as (select * from {{ ref('stg_records__division') }} {{ of_affected }}),

statements as (
    select
        votes.document_id,
        'vote' as statement_kind,
        votes.vote_ordinal as statement_ordinal,
        {{ surrogate_key(["'vote'", "votes.document_id", "votes.vote_ordinal"]) }} as statement_key,
        divisions.divided_on as stated_on,
        votes.voter_text,
        votes.voter_constituency_text
    from votes
    inner join divisions
        on votes.document_id = divisions.document_id
        and votes.division_ordinal = divisions.division_ordinal
)

select
    {{ attribution(
        role="voter",
        person_ordinal="statements.statement_ordinal",
        is_audited=false,
        name_text="statements.voter_text",
        constituency_text="statements.voter_constituency_text"
    ) }}
from statements
