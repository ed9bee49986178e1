with attributes as (select * from {{ ref('int_member_attributes') }}),

change_points as (
    select
        member_id,
        held_from as changed_on
    from attributes
    union
    select
        member_id,
        end_on as changed_on
    from attributes
    where end_on is not null
),

slices as (
    select
        member_id,
        changed_on as held_from,
        lead(changed_on) over (partition by member_id order by changed_on) as valid_to
    from change_points
),

values_held as (
    select
        slices.member_id,
        slices.held_from,
        slices.valid_to,
        attributes.attribute,
        attributes.value_text,
        attributes.held_from as attribute_held_from
    from slices
    inner join attributes
        on slices.member_id = attributes.member_id
        and slices.held_from >= attributes.held_from
        and (attributes.end_on is null or slices.held_from < attributes.end_on)
),

-- Where two periods of one attribute overlap, the one that began later holds.
held as (
    {{ first_rows("values_held", "member_id, held_from, attribute", "attribute_held_from desc, value_text") }}
)

select
    -- ids
    member_id,

    -- text
    max(case when attribute = 'name' then value_text end) as name,
    max(case when attribute = 'party' then value_text end) as party_text,
    max(case when attribute = 'constituency' then value_text end) as constituency_text,

    -- kinds
    max(case when attribute = 'house' then value_text end) as house,

    -- dates
    held_from,
    valid_to
from held
group by member_id, held_from, valid_to
