{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('person_key', {
    'int_people': 'person_key',
    'int_name_agreements': 'person_key',
    'int_seat_holders': 'person_key',
    'int_office_holders': 'person_key',
}) %}

with people as (select * from {{ ref('int_people') }} {{ of_affected }}),
periods as (select * from {{ ref('int_member_periods') }}),
agreements as (select * from {{ ref('int_name_agreements') }} {{ of_affected }}),
seat_holders as (select * from {{ ref('int_seat_holders') }} {{ of_affected }}),
office_holders as (select * from {{ ref('int_office_holders') }} {{ of_affected }}),
parties as (select * from {{ ref('int_parties') }}),
merged_ids as (select * from {{ ref('int_member_merges') }}),

by_id as (
    select
        people.person_key,
        periods.member_key,
        periods.member_id,
        periods.held_from,
        coalesce(people.named_on < periods.held_from, false) as is_later_period,
        people.named_on is null
        or (people.named_on >= periods.held_from and people.named_on < periods.held_before) as is_as_of_day
    from people
    left join merged_ids on people.member_id = merged_ids.member_id
    inner join periods on coalesce(merged_ids.merged_into_member_id, people.member_id) = periods.member_id
),

-- By Parliament's id: the last period that had begun by that day or, where none had, the first.
periods_by_id as (
    {{ first_rows(
        "by_id", "person_key", "is_later_period, case when not is_later_period then held_from end desc, held_from"
    ) }}
),

known_seats as (
    select distinct person_key
    from seat_holders
),

-- A name with another member's seat and party stays unresolved, because it may be a different person of that name. With
-- another member's seat alone, it is the member of that name.
by_name as (
    select
        agreements.person_key,
        agreements.member_key,
        agreements.member_id,
        agreements.is_same_party,
        case
            when agreements.agreement = 'short_title' then 'short_title'
            when people.is_turned and agreements.agreement in ('name', 'other_name') and agreements.is_same_seat
                then 'turned_name_and_constituency'
            when people.is_turned and agreements.agreement in ('name', 'other_name') and agreements.is_seat_missing
                then 'turned_name'
            when agreements.is_same_seat then agreements.agreement || '_and_constituency'
            when agreements.agreement in ('name', 'other_name')
                and (agreements.is_seat_missing or known_seats.person_key is null or agreements.is_same_party)
                then agreements.agreement
            when agreements.agreement = 'short_name'
                and (agreements.is_seat_missing or (known_seats.person_key is null and agreements.is_same_party))
                then 'short_name'
            when
                agreements.agreement = 'part_name'
                and agreements.is_seat_missing
                and agreements.is_same_last_name
                and agreements.is_same_party
                then 'part_name_and_party'
            when agreements.agreement = 'name' and people.party_label is null then 'name_in_another_seat'
            when agreements.agreement = 'initial' and agreements.is_seat_missing then 'initial'
            when agreements.agreement = 'surname' and agreements.is_seat_missing and agreements.is_titled then 'surname'
            when agreements.agreement = 'surname' and agreements.is_seat_missing and agreements.is_same_party
                then 'surname_and_party'
        end as match_method
    from agreements
    left join people on agreements.person_key = people.person_key
    left join known_seats on agreements.person_key = known_seats.person_key
),

-- A name that differs in one letter, or in the order of two letters, from that of the member who has the printed seat
-- and party.
misspelt as (
    select
        seat_holders.person_key,
        seat_holders.member_key,
        seat_holders.member_id
    from seat_holders
    inner join people on seat_holders.person_key = people.person_key
    inner join periods on seat_holders.member_key = periods.member_key
    inner join parties
        on periods.party_label = parties.label
        and people.party_family = parties.party_family
    where
        people.member_id is null
        and length(people.joined_name) >= 6
        and {{ is_one_slip("people.joined_name", "replace(periods.name_label, ' ', '')") }}
),

unioned as (
    select
        person_key,
        member_key,
        member_id,
        false as is_same_party,
        case when is_as_of_day then 'member_id' else 'member_id_other_period' end as match_method
    from periods_by_id
    union all
    select
        person_key,
        member_key,
        member_id,
        is_same_party,
        match_method
    from by_name
    where match_method is not null
    union all
    select
        person_key,
        member_key,
        member_id,
        true as is_same_party,
        'misspelt_name_and_constituency' as match_method
    from misspelt
    union all
    select
        seat_holders.person_key,
        seat_holders.member_key,
        seat_holders.member_id,
        false as is_same_party,
        'constituency' as match_method
    from seat_holders
    inner join people on seat_holders.person_key = people.person_key
    where people.member_id is null and people.name_label is null
    union all
    select
        office_holders.person_key,
        office_holders.member_key,
        office_holders.member_id,
        false as is_same_party,
        'post' as match_method
    from office_holders
    inner join people
        on office_holders.person_key = people.person_key
        and office_holders.printed_label = people.office_label
    where people.member_id is null and people.seat_label is null and not office_holders.is_succeeded
)

select
    -- keys
    unioned.person_key,
    unioned.member_key,

    -- ids
    unioned.member_id,

    -- kinds
    unioned.match_method,

    -- flags
    max(case when unioned.is_same_party then 1 else 0 end) = 1 as is_same_party,
    max(case when office_holders.member_id is not null then 1 else 0 end) = 1 as is_office_holder,
    min(
        case
            when
                {{ is_confirmed_on('periods', 'people.named_on') }}
                and (unioned.match_method != 'post' or office_holders.is_confirmed)
                then 1
            else 0
        end
    ) = 1 as is_confirmed
from unioned
inner join people on unioned.person_key = people.person_key
left join periods on unioned.member_key = periods.member_key
left join office_holders
    on unioned.person_key = office_holders.person_key
    and unioned.member_id = office_holders.member_id
group by unioned.person_key, unioned.member_key, unioned.member_id, unioned.match_method
