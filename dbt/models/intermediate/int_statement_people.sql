{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('document_id', {
    'int_attributions': 'document_id',
    'int_person_matches': ['person_key', 'int_attributions'],
}) %}

with attributions as (select * from {{ ref('int_attributions') }} {{ of_affected }})

select
    -- keys
    attributions.statement_key,
    matches.member_key,

    -- ids
    attributions.document_id,
    attributions.statement_ordinal,
    attributions.person_ordinal,
    matches.member_id,

    -- text
    attributions.name_text,
    attributions.post_text,
    periods.name as registered_name,

    -- kinds
    attributions.statement_kind,
    attributions.person_role,
    matches.match_method,

    -- shares
    matches.match_confidence,

    -- flags
    attributions.is_author
from attributions
inner join {{ ref('int_person_matches') }} as matches on attributions.person_key = matches.person_key
left join {{ ref('int_member_periods') }} as periods on matches.member_key = periods.member_key
where attributions.statement_key is not null
