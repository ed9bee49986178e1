with matches as (select * from {{ ref('int_person_matches') }}),
people as (select * from {{ ref('int_people') }}),
members as (select * from {{ ref('int_member_periods') }}),
parties as (select * from {{ ref('int_parties') }}),
posts_not_held as (select * from {{ ref('int_posts_not_held') }}),
presiding_officers as (select * from {{ ref('presiding_officer') }}),

-- What the register said before that day contradicts nothing.
compared as (
    select
        matches.*,
        members.name as registered_name,
        members.party_text as registered_party,
        members.constituency_text as registered_constituency,
        members.seat_label as registered_seat_label,
        members.gender as registered_gender,
        people.title_gender,
        registered_parties.party_family as registered_family,
        printed_parties.party_family as printed_family
    from matches
    left join people on matches.person_key = people.person_key
    left join members on matches.member_key = members.member_key
    left join parties as registered_parties on members.party_label = registered_parties.label
    left join parties as printed_parties on matches.party_label = printed_parties.label
    where matches.is_day_covered and coalesce(matches.is_confirmed, true)
),

audited as (
    select * from compared
    where is_audited
),

issues as (
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
        candidates_text as register_says
    from audited
    where match_method = 'ambiguous'
    union all
    select
        person_key,
        'name_missing' as issue_kind,
        constituency_text as as_printed,
        registered_name as register_says
    from audited
    where name_label is null and seat_label is not null and match_method in ('constituency', 'unresolved')
    union all
    select
        person_key,
        'name_differs' as issue_kind,
        name_text as as_printed,
        registered_name as register_says
    from audited
    where
        match_method like 'short_name%'
        or match_method like 'part_name%'
        or match_method like 'other_name%'
        or match_method like 'misspelt_name%'
    union all
    select
        person_key,
        'title_differs' as issue_kind,
        name_text as as_printed,
        registered_name as register_says
    from audited
    where is_in_register and title_gender != registered_gender
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
    union all
    select
        posts_not_held.person_key,
        'post_not_held' as issue_kind,
        posts_not_held.as_printed,
        posts_not_held.register_says
    from posts_not_held
    inner join compared on posts_not_held.person_key = compared.person_key
    union all
    select
        audited.person_key,
        'presiding_officer_speaks' as issue_kind,
        coalesce(audited.name_text, audited.registered_name) as as_printed,
        presiding_officers.office_text as register_says
    from audited
    inner join presiding_officers
        on audited.member_id = presiding_officers.member_id
        and audited.named_on >= presiding_officers.start_on
        and audited.named_on < {{ held_before('presiding_officers.end_on') }}
)

select
    -- keys
    person_key,

    -- kinds
    issue_kind,

    -- text
    as_printed,
    register_says
from issues
