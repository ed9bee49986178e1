{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('person_key', {
    'int_attributions': 'person_key',
}) %}

with attributions as (select * from {{ ref('int_attributions') }} {{ of_affected }}),
parties as (select * from {{ ref('int_parties') }}),

people as (
    select distinct
        person_key,
        member_id,
        name_text,
        party_text,
        constituency_text,
        post_text,
        named_on,
        is_audited,
        trim({{ replace_pattern("split_part(name_text, '(', 1)", membership_pattern(), "") }}) as unbracketed_text,
        trim({{ extract_pattern("split_part(name_text, '(', 1)", membership_pattern(), 1) }}) as membership_seat_text,
        nullif(trim(replace(split_part(name_text, '(', 2), ')', '')), '') as first_bracket_text,
        nullif(trim(replace(split_part(name_text, '(', 3), ')', '')), '') as second_bracket_text
    from attributions
),

-- "Name (Constituency) (Party)", "Name (Party)", "Name (Party - Constituency)" and "Name MP for Constituency".
parted as (
    select
        people.*,
        coalesce(
            people.constituency_text,
            people.membership_seat_text,
            case
                when parties.label is null then people.first_bracket_text
                when people.first_bracket_text like '% - %' then split_part(people.first_bracket_text, ' - ', 2)
            end
        ) as seat_text,
        coalesce(
            people.party_text,
            case
                when parties.label is not null then split_part(people.first_bracket_text, ' - ', 1)
                else people.second_bracket_text
            end
        ) as any_party_text,
        {{ turned_given_name('people.unbracketed_text') }} as turned_given_name,
        {{ turned_family_name('people.unbracketed_text') }} as turned_family_name
    from people
    left join parties on {{ normalise_label("split_part(people.first_bracket_text, ' - ', 1)") }} = parties.label
),

straight as (
    select
        parted.*,
        parted.turned_given_name is not null as is_turned,
        coalesce(
            parted.turned_given_name || ' ' || parted.turned_family_name, parted.unbracketed_text
        ) as bare_name_text
    from parted
),

labelled as (
    select
        straight.*,
        ' ' || {{ normalise_label('straight.bare_name_text') }} || ' ' as titled_label,
        {{ normalise_name('straight.bare_name_text') }} as name_label,
        {{ normalise_seat('straight.seat_text') }} as seat_label,
        {{ normalise_label('straight.any_party_text') }} as party_label,
        {{ normalise_post('straight.post_text') }} as post_label
    from straight
),

described as (
    select
        labelled.*,
        case
            when
                labelled.titled_label like '% mr %'
                or labelled.titled_label like '% sir %'
                or labelled.titled_label like '% lord %'
                then 'M'
            when
                labelled.titled_label like '% mrs %'
                or labelled.titled_label like '% ms %'
                or labelled.titled_label like '% miss %'
                or labelled.titled_label like '% dame %'
                or labelled.titled_label like '% lady %'
                or labelled.titled_label like '% baroness %'
                then 'F'
        end as title_gender,
        {{ name_parts('labelled.name_label') }}
    from labelled
)

select
    -- keys
    described.person_key,

    -- ids
    described.member_id,

    -- text
    described.name_text,
    described.party_text,
    described.constituency_text,
    described.post_text,

    -- labels
    described.name_label,
    described.seat_label,
    described.party_label,
    described.post_label,
    case
        when described.name_label is null then described.post_label
        else {{ normalise_post('described.name_text') }}
    end as office_label,
    described.given_name,
    described.family_name,
    described.family_label,
    described.joined_name,
    described.last_name,
    described.title_gender,
    parties.party_family,

    -- dates
    described.named_on,

    -- flags
    described.is_audited,
    coalesce(described.is_turned, false) as is_turned,
    coalesce(described.title_gender is not null or described.titled_label like '% dr %', false) as is_titled
from described
left join parties on described.party_label = parties.label
