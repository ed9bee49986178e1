with attributions as (
    select * from {{ ref('int_attributions') }}
),

matches as (
    select * from {{ ref('int_person_matches') }}
),

periods as (
    select * from {{ ref('int_member_periods') }}
)

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
inner join matches on attributions.person_key = matches.person_key
left join periods on matches.member_key = periods.member_key
where attributions.statement_key is not null
