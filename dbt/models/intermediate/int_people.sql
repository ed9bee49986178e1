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
        {{ replace_pattern("name_text", " *[(][^()]*[)] *$", "") }} as without_last_bracket_text,
        {{ extract_pattern("name_text", member_for_pattern(), 1) }} as member_seat_text,
        {{ extract_pattern("name_text", member_for_pattern(), 2) }} as member_name_text
    from attributions
),

split_up as (
    select
        people.*,
        trim(coalesce(
            people.member_name_text,
            split_part({{ replace_pattern("people.without_last_bracket_text", membership_pattern(), "") }}, '(', 1)
        )) as unbracketed_text,
        trim({{ extract_pattern("people.without_last_bracket_text", membership_pattern(), 1) }})
            as membership_party_text,
        trim(coalesce(
            people.member_seat_text, {{ extract_pattern("people.without_last_bracket_text", membership_pattern(), 2) }}
        )) as membership_seat_text,
        case
            -- The bracket of "Ann Baker, Labour (Co-op) MP for The Wrekin" belongs to its party.
            when people.member_name_text is null and people.name_text not like '%) MP for %'
                then nullif(trim(replace(split_part(people.name_text, '(', 2), ')', '')), '')
        end as first_bracket_text,
        nullif(trim(replace(split_part(people.name_text, '(', 3), ')', '')), '') as second_bracket_text
    from people
),

-- "Name (Constituency) (Party)", "Name (Party)", "Name (Party - Constituency)", "Name MP for Constituency",
-- "Name, Party MP for Constituency" and "the Member for Constituency (Name)".
parted as (
    select
        split_up.*,
        coalesce(
            split_up.constituency_text,
            split_up.membership_seat_text,
            case
                when parties.label is null then split_up.first_bracket_text
                when split_up.first_bracket_text like '% - %' then split_part(split_up.first_bracket_text, ' - ', 2)
            end
        ) as seat_text,
        coalesce(
            split_up.party_text,
            split_up.membership_party_text,
            case
                when parties.label is not null then split_part(split_up.first_bracket_text, ' - ', 1)
                else split_up.second_bracket_text
            end
        ) as any_party_text,
        {{ turned_given_name('split_up.unbracketed_text') }} as turned_given_name,
        {{ turned_family_name('split_up.unbracketed_text') }} as turned_family_name
    from split_up
    left join parties on {{ normalise_label("split_part(split_up.first_bracket_text, ' - ', 1)") }} = parties.label
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
