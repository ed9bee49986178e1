with attributes as (select * from {{ ref('int_member_attributes') }}),

change_points as (
    select
        member_id,
        held_from as changed_on
    from attributes
    union
    select
        member_id,
        held_before as changed_on
    from attributes
),

slices as (
    select
        member_id,
        changed_on as held_from,
        coalesce(
            lead(changed_on) over (partition by member_id order by changed_on), {{ distant_future() }}
        ) as held_before
    from change_points
),

values_held as (
    select
        slices.member_id,
        slices.held_from,
        slices.held_before,
        attributes.attribute,
        attributes.value_text,
        attributes.confirmed_on,
        attributes.held_from as attribute_held_from
    from slices
    inner join attributes
        on slices.member_id = attributes.member_id
        and slices.held_from >= attributes.held_from
        and slices.held_from < attributes.held_before
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
    held_before,
    min(confirmed_on) as confirmed_on
from held
group by member_id, held_from, held_before
