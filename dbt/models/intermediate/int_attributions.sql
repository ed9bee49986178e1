{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('document_id', dict.fromkeys(attribution_models().split(), 'document_id')) %}

-- Each role has a model of its own.
with attributions as (
    {{ union_all(attribution_models().split(), of_affected) }}
)

select
    -- keys
    {{ surrogate_key([
        "member_id", "name_text", "party_text", "constituency_text", "post_text", "named_on", "is_audited"
    ]) }} as person_key,
    statement_key,

    -- ids
    document_id,
    statement_ordinal,
    person_ordinal,
    member_id,

    -- text
    name_text,
    party_text,
    constituency_text,
    post_text,

    -- kinds
    person_role,
    statement_kind,

    -- dates
    named_on,

    -- flags
    is_author,
    is_audited
from attributions
where coalesce(cast(member_id as string), name_text, constituency_text, post_text) is not null
