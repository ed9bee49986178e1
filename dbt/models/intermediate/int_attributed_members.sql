with attributions as (
    select * from {{ ref('int_attributions') }}
),

matches as (
    select * from {{ ref('int_person_matches') }}
)

select
    -- keys
    attributions.person_key,
    matches.member_key,

    -- ids
    attributions.document_id,
    attributions.statement_ordinal,
    attributions.person_ordinal,
    matches.member_id,

    -- text
    attributions.name_text,

    -- kinds
    attributions.person_role,
    attributions.statement_kind,
    matches.match_method,

    -- shares
    matches.match_confidence
from attributions
inner join matches on attributions.person_key = matches.person_key
