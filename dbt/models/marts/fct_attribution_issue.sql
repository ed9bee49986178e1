with attributions as (
    select * from {{ ref('int_attributions') }}
),

matches as (
    select * from {{ ref('int_person_matches') }}
),

members as (
    select * from {{ ref('int_member_periods') }}
),

parties as (
    select * from {{ ref('int_parties') }}
),

debates as (
    select * from {{ ref('fct_debate') }}
),

statements as (
    select * from {{ ref('int_statements') }}
),

severities as (
    select * from {{ ref('attribution_issue_kind') }}
),

audited as (
    select
        matches.*,
        members.name as registered_name,
        members.party_text as registered_party,
        members.constituency_text as registered_constituency,
        members.seat_label as registered_seat_label,
        members.house as registered_house,
        registered_parties.party_family as registered_family,
        printed_parties.party_family as printed_family
    from matches
    left join members on matches.member_key = members.member_key
    left join parties as registered_parties on members.party_label = registered_parties.label
    left join parties as printed_parties on matches.party_label = printed_parties.label
    where matches.is_audited and matches.is_day_covered
),

person_issues as (
    select
        person_key,
        'not_in_register' as issue_kind,
        coalesce(name_text, 'member ' || cast(member_id as string)) as as_printed,
        seat_holder_name as register_says
    from audited
    where match_method in ('unverified', 'unknown_member_id')
    union all
    select
        person_key,
        'name_ambiguous' as issue_kind,
        name_text as as_printed,
        cast(null as string) as register_says
    from audited
    where match_method = 'ambiguous'
    union all
    select
        person_key,
        'name_missing' as issue_kind,
        constituency_text as as_printed,
        registered_name as register_says
    from audited
    where name_label is null and constituency_text is not null and match_method in ('constituency', 'unresolved')
    union all
    select
        person_key,
        'name_differs' as issue_kind,
        name_text as as_printed,
        registered_name as register_says
    from audited
    where match_method in ('short_name', 'short_name_and_constituency')
    union all
    select
        person_key,
        'party_differs' as issue_kind,
        party_text as as_printed,
        registered_party as register_says
    from audited
    where is_in_register and printed_family != registered_family
    union all
    select
        person_key,
        'constituency_unknown' as issue_kind,
        constituency_text as as_printed,
        registered_constituency as register_says
    from audited
    where seat_label is not null and not is_seat_known
    union all
    select
        person_key,
        'constituency_differs' as issue_kind,
        constituency_text as as_printed,
        registered_constituency as register_says
    from audited
    where is_in_register and is_seat_known and seat_label != registered_seat_label
),

located as (
    select
        attributions.document_id,
        attributions.person_role,
        attributions.statement_kind,
        attributions.statement_ordinal,
        person_issues.issue_kind,
        person_issues.as_printed,
        person_issues.register_says,
        matches.name_text,
        case when matches.is_in_register then matches.member_key end as member_key,
        matches.named_on
    from person_issues
    inner join attributions on person_issues.person_key = attributions.person_key
    inner join matches on person_issues.person_key = matches.person_key
),

count_issues as (
    select
        document_id,
        'announced' as person_role,
        'debate' as statement_kind,
        debate_ordinal as statement_ordinal,
        'contributor_count_differs' as issue_kind,
        cast(announced_contributor_count as string) as as_printed,
        cast(found_contributor_count as string) as register_says,
        cast(null as string) as name_text,
        cast(null as string) as member_key,
        debated_on as named_on
    from debates
    where announced_contributor_count != found_contributor_count
),

unioned as (
    select * from located
    union all
    select * from count_issues
),

-- What a document prints of one person again and again is one issue, cited where it first stands.
ranked as (
    select
        *,
        count(*) over (
            partition by document_id, issue_kind, as_printed, name_text
        ) as occurrence_count,
        row_number() over (
            partition by document_id, issue_kind, as_printed, name_text
            order by statement_kind, statement_ordinal, person_role, member_key
        ) as occurrence_rank
    from unioned
)

select
    -- keys
    {{ surrogate_key([
        "'issue'", "ranked.document_id", "ranked.issue_kind", "ranked.as_printed", "ranked.name_text"
    ]) }} as issue_key,
    ranked.member_key,
    case
        when ranked.statement_kind = 'debate'
            then {{ surrogate_key(["'debate'", "ranked.document_id", "ranked.statement_ordinal"]) }}
        else statements.statement_key
    end as statement_key,

    -- ids
    ranked.document_id,

    -- kinds
    ranked.issue_kind,
    severities.severity,
    ranked.person_role,
    ranked.statement_kind,

    -- text
    ranked.name_text,
    ranked.as_printed,
    ranked.register_says,

    -- dates
    ranked.named_on,

    -- counts
    ranked.occurrence_count
from ranked
inner join severities on ranked.issue_kind = severities.issue_kind
left join statements
    on ranked.document_id = statements.document_id
    and ranked.statement_kind = statements.statement_kind
    and ranked.statement_ordinal = statements.statement_ordinal
where ranked.occurrence_rank = 1
