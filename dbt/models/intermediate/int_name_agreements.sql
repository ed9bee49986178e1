{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('person_key', {
    'int_people': 'person_key',
    'int_name_pairs': 'person_key',
}) %}

with people as (select * from {{ ref('int_people') }} {{ of_affected }}),
periods as (select * from {{ ref('int_member_periods') }}),
names as (select * from {{ ref('int_member_names') }}),
parties as (select * from {{ ref('int_parties') }}),
pairs as (select * from {{ ref('int_name_pairs') }} {{ of_affected }}),
given_name_forms as (select * from {{ ref('int_given_name_forms') }}),

compared as (
    select
        people.person_key,
        people.seat_label is null as is_seat_missing,
        people.is_titled,
        periods.member_key,
        periods.member_id,
        coalesce(people.seat_label = periods.seat_label, false) as is_same_seat,
        coalesce(people.party_family = parties.party_family, false) as is_same_party,
        people.last_name = names.last_name as is_same_last_name,
        names.is_own_name,
        names.given_name in (
            'lord', 'lady', 'baroness', 'viscount', 'viscountess', 'earl', 'countess', 'marquess', 'duke'
        ) as is_peer,
        people.family_name = names.family_name as is_same_family_name,
        people.family_name = names.short_title as is_short_title,
        case
            when people.given_name = names.given_name then 'same'
            when given_name_forms.given_name is not null then 'form'
            -- An abbreviation that is in no list counts only beside the member's own seat.
            when
                people.seat_label = periods.seat_label
                and length(people.given_name) > 2
                and length(names.given_name) > 2
                and (
                    names.given_name like people.given_name || '%' or people.given_name like names.given_name || '%'
                )
                then 'form'
        end as given_name_agreement,
        -- Beside the member's own seat, a title of the other gender is a mistake, not another person.
        people.joined_name = names.family_name
        and (
            coalesce(people.title_gender = periods.gender, true)
            or coalesce(people.seat_label = periods.seat_label, false)
        ) as is_surname,
        length(people.given_name) = 1
        and people.family_name = names.family_name
        and names.given_name like people.given_name || '%'
        and coalesce(people.title_gender = periods.gender, true) as is_initial
    from pairs
    inner join people on pairs.person_key = people.person_key
    inner join names on pairs.member_key = names.member_key and pairs.name_label = names.name_label
    inner join periods on pairs.member_key = periods.member_key and {{ holds_on('periods', 'people.named_on') }}
    left join parties on periods.party_label = parties.label
    left join given_name_forms
        on people.given_name = given_name_forms.given_name
        and names.given_name = given_name_forms.other_given_name
),

agreeing as (
    select
        *,
        case
            when is_same_family_name and given_name_agreement = 'same' and is_own_name then 'name'
            when is_same_family_name and given_name_agreement = 'same' then 'other_name'
            when is_same_family_name and given_name_agreement = 'form' then 'short_name'
            when is_peer and is_short_title and given_name_agreement is not null then 'short_title'
            when is_surname then 'surname'
            when is_initial then 'initial'
            when not is_peer and given_name_agreement is not null then 'part_name'
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
