with votes as (select * from {{ ref('stg_records__vote') }}),
divisions as (select * from {{ ref('stg_records__division') }}),
people as (select * from {{ ref('int_statement_people') }}),

keyed as (
    select
        votes.*,
        divisions.house,
        divisions.divided_on,
        {{ surrogate_key(["'vote'", "votes.document_id", "votes.vote_ordinal"]) }} as division_vote_key
    from votes
    inner join divisions
        on votes.document_id = divisions.document_id
        and votes.division_ordinal = divisions.division_ordinal
)

select
    -- keys
    keyed.division_vote_key,
    {{ surrogate_key(["'division'", "keyed.document_id", "keyed.division_ordinal"]) }} as division_key,
    voters.member_key,

    -- ids
    keyed.document_id,
    keyed.vote_ordinal,

    -- kinds
    keyed.house,
    keyed.side,
    voters.match_method,

    -- shares
    voters.match_confidence,

    -- text
    keyed.printed_name_text,
    keyed.voter_text,
    keyed.voter_constituency_text,

    -- dates
    keyed.divided_on,

    -- flags
    keyed.is_teller
from keyed
left join people as voters
    on keyed.division_vote_key = voters.statement_key
    and voters.person_role = 'voter'
