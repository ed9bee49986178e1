with people as (
    select * from {{ ref('int_people') }}
),

periods as (
    select * from {{ ref('int_member_periods') }}
),

names as (
    select * from {{ ref('int_member_names') }}
),

parties as (
    select * from {{ ref('int_parties') }}
),

given_names as (
    select * from {{ ref('given_name') }}
),

-- Given names and ranks that stand for each other: short form, full form, and short forms of the same full form.
same_given_names as (
    select
        short_name as given_name,
        full_name as other_given_name
    from given_names
    union
    select
        full_name as given_name,
        short_name as other_given_name
    from given_names
    union
    select
        one.short_name as given_name,
        other.short_name as other_given_name
    from given_names as one
    inner join given_names as other on one.full_name = other.full_name and one.short_name != other.short_name
),

named as (
    select *
    from people
    where member_id is null and name_label is not null
),

-- Words of a family name; particles and short words say nothing.
named_words as (
    select
        person_key,
        {{ explode("split(family_label, ' ')") }} as word
    from named
    where given_name is not null
),

registered_words as (
    select
        member_key,
        name_label,
        {{ explode("split(family_label, ' ')") }} as word
    from names
    where given_name is not null
),

same_words as (
    select distinct
        named_words.person_key,
        registered_words.member_key,
        registered_words.name_label
    from named_words
    inner join registered_words on named_words.word = registered_words.word
    where length(named_words.word) > 2 and named_words.word not in ('van', 'von', 'der', 'den', 'del', 'the', 'and')
),

-- Pairs of a printed and a registered name that have something in common.
pairs as (
    select
        named.person_key,
        names.member_key,
        names.name_label
    from named
    inner join names on named.family_name = names.family_name
    union
    select
        named.person_key,
        names.member_key,
        names.name_label
    from named
    inner join names on named.joined_name = names.family_name
    union
    select
        named.person_key,
        names.member_key,
        names.name_label
    from named
    inner join names on named.family_name = names.short_title
    union
    select
        person_key,
        member_key,
        name_label
    from same_words
),

compared as (
    select
        named.person_key,
        named.seat_label is null as is_seat_missing,
        named.is_titled,
        periods.member_key,
        periods.member_id,
        coalesce(named.seat_label = periods.seat_label, false) as is_same_seat,
        coalesce(named.party_family = parties.party_family, false) as is_same_party,
        named.last_name = names.last_name as is_same_last_name,
        names.is_own_name,
        names.given_name in (
            'lord', 'lady', 'baroness', 'viscount', 'viscountess', 'earl', 'countess', 'marquess', 'duke'
        ) as is_peer,
        named.family_name = names.family_name as is_same_family_name,
        named.family_name = names.short_title as is_short_title,
        coalesce(named.given_name = names.given_name, false) as is_same_given_name,
        same_given_names.given_name is not null
        or coalesce(
            named.seat_label = periods.seat_label
            and length(named.given_name) > 2
            and length(names.given_name) > 2
            and (names.given_name like named.given_name || '%' or named.given_name like names.given_name || '%'),
            false
        ) as is_same_short_name,
        (
            named.joined_name = names.family_name
            or (
                length(named.given_name) = 1
                and named.family_name = names.family_name
                and names.given_name like named.given_name || '%'
            )
        )
        and coalesce(named.title_gender = periods.gender, true) as is_surname
    from pairs
    inner join named on pairs.person_key = named.person_key
    inner join names on pairs.member_key = names.member_key and pairs.name_label = names.name_label
    inner join periods on pairs.member_key = periods.member_key and {{ holds_on('periods', 'named.named_on') }}
    left join parties on periods.party_label = parties.label
    left join same_given_names
        on named.given_name = same_given_names.given_name
        and names.given_name = same_given_names.other_given_name
),

agreeing as (
    select
        person_key,
        member_key,
        member_id,
        is_seat_missing,
        is_titled,
        is_same_seat,
        is_same_party,
        is_same_last_name,
        case
            when is_same_family_name and is_same_given_name and is_own_name then 'name'
            when is_same_family_name and is_same_given_name then 'other_name'
            when is_same_family_name and is_same_short_name then 'short_name'
            when is_peer and is_short_title and (is_same_given_name or is_same_short_name) then 'short_title'
            when is_surname then 'surname'
            when not is_peer and (is_same_given_name or is_same_short_name) then 'part_name'
        end as agreement
    from compared
)

select
    -- keys
    person_key,
    member_key,

    -- ids
    member_id,

    -- kinds
    agreement,

    -- flags
    is_seat_missing,
    is_titled,
    is_same_seat,
    is_same_party,
    is_same_last_name
from agreeing
where agreement is not null
