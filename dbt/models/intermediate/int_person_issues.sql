with matches as (
    select * from {{ ref('int_person_matches') }}
),

people as (
    select * from {{ ref('int_people') }}
),

members as (
    select * from {{ ref('int_member_periods') }}
),

parties as (
    select * from {{ ref('int_parties') }}
),

posts as (
    select * from {{ ref('int_government_posts') }}
),

office_holders as (
    select * from {{ ref('int_office_holders') }}
),

presiding_officers as (
    select * from {{ ref('presiding_officer') }}
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

-- The members who held the printed office on that day.
holders as (
    select
        office_holders.person_key,
        office_holders.printed_label,
        {{ join_distinct('office_holders.name') }} as holders_text,
        max(case when office_holders.member_id = matches.member_id then 1 else 0 end) = 1 as is_held
    from office_holders
    inner join matches on office_holders.person_key = matches.person_key
    group by office_holders.person_key, office_holders.printed_label
),

-- Whether a member who has ever been in government was in government on that day.
ministers as (
    select
        matches.person_key,
        max(case when {{ holds_on('posts', 'matches.named_on') }} then 1 else 0 end) = 1 as is_minister
    from matches
    inner join posts on matches.member_id = posts.member_id
    group by matches.person_key
),

post_labels as (
    select distinct post_label
    from posts
),

-- An office with one holder that somebody else held, or a post in government of a member who was not in government.
-- Shared posts are not checked, because the register may not list every holder.
posts_not_held as (
    select
        audited.person_key,
        audited.post_text as as_printed,
        holders.holders_text as register_says
    from audited
    inner join people on audited.person_key = people.person_key
    left join holders
        on audited.person_key = holders.person_key
        and people.post_label = holders.printed_label
    left join ministers on audited.person_key = ministers.person_key
    left join post_labels on people.post_label = post_labels.post_label
    where
        audited.is_in_register
        and not coalesce(holders.is_held, false)
        and (
            (
                holders.person_key is not null
                and (
                    people.post_label in ('prime minister', 'chancellor', 'chancellor of the exchequer')
                    or people.post_label like 'secretary of state for %'
                    or people.post_label like '% secretary'
                )
            )
            or (post_labels.post_label is not null and not ministers.is_minister)
        )
),

presiding as (
    select
        audited.person_key,
        coalesce(audited.name_text, audited.registered_name) as as_printed,
        presiding_officers.office_text as register_says
    from audited
    inner join presiding_officers
        on audited.member_id = presiding_officers.member_id
        and audited.named_on >= presiding_officers.start_on
        and (presiding_officers.end_on is null or audited.named_on < presiding_officers.end_on)
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
        person_key,
        'post_not_held' as issue_kind,
        as_printed,
        register_says
    from posts_not_held
    union all
    select
        person_key,
        'presiding_officer_speaks' as issue_kind,
        as_printed,
        register_says
    from presiding
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
