{% set attributes = [("house", "house"), ("party", "party_text"), ("constituency", "constituency_text")] %}

with members as (select * from {{ ref('int_registered_members') }}),

histories as (
    {{ newest_records("stg_records__member_period", "records.member_id") }}
),

-- The register's latest description of a member, as if it had been so throughout the latest membership.
latest as (
    {% for attribute, column in attributes %}
        select
            member_id,
            '{{ attribute }}' as attribute,
            {{ column }} as value_text,
            membership_start_on as start_on,
            membership_end_on as end_on
        from members
        where {{ column }} is not null
        {{ "union all" if not loop.last }}
    {% endfor %}
),

completed as (
    select
        member_id,
        attribute,
        value_text,
        start_on,
        end_on
    from histories
    union
    select
        latest.member_id,
        latest.attribute,
        latest.value_text,
        latest.start_on,
        latest.end_on
    from latest
    left join histories on latest.member_id = histories.member_id and latest.attribute = histories.attribute
    where histories.member_id is null
)

select
    -- ids
    member_id,

    -- kinds
    attribute,

    -- text
    value_text,

    -- dates
    coalesce(start_on, {{ distant_past() }}) as held_from,
    end_on
from completed
