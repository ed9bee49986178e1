{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('person_key', {
    'int_people': 'person_key',
}) %}

with people as (select * from {{ ref('int_people') }} {{ of_affected }})

select
    -- keys
    people.person_key,
    periods.member_key,

    -- ids
    periods.member_id,

    -- text
    periods.name
from people
inner join {{ ref('int_member_periods') }} as periods
    on people.seat_label = periods.seat_label
    and {{ holds_on('periods', 'people.named_on') }}
