{% set attributes = [
    ("house", "house"), ("party", "party_text"), ("constituency", "constituency_text"), ("name", "name")
] %}

with members as (select * from {{ ref('int_registered_members') }}),
merged_ids as (select * from {{ ref('int_member_merges') }}),

period_records as (
    {{ newest_records("stg_records__member_period", "records.member_id") }}
),

-- The history of an id that was merged is part of the member's.
histories as (
    select
        coalesce(merged_ids.merged_into_member_id, period_records.member_id) as member_id,
        period_records.attribute,
        period_records.value_text,
        period_records.start_on,
        period_records.end_on,
        max(period_records.fetched_at) as fetched_at
    from period_records
    left join merged_ids on period_records.member_id = merged_ids.member_id
    group by
        coalesce(merged_ids.merged_into_member_id, period_records.member_id), period_records.attribute,
        period_records.value_text, period_records.start_on, period_records.end_on
),

-- The register's latest description of a member, as if it had been so throughout the latest membership.
latest as (
    {% for attribute, column in attributes %}
        select
            member_id,
            '{{ attribute }}' as attribute,
            {{ column }} as value_text,
            membership_start_on as start_on,
            membership_end_on as end_on,
            confirmed_on
        from members
        where {{ column }} is not null
        {{ "union all" if not loop.last }}
    {% endfor %}
),

-- A description that agrees with a period that is open confirms it.
confirmed as (
    select
        histories.member_id,
        histories.attribute,
        histories.value_text,
        histories.start_on,
        histories.end_on,
        case
            when
                histories.end_on is null
                and {{ normalise_label('histories.value_text') }} = {{ normalise_label('latest.value_text') }}
                then greatest(cast(histories.fetched_at as date), latest.confirmed_on)
            else cast(histories.fetched_at as date)
        end as confirmed_on
    from histories
    left join latest on histories.member_id = latest.member_id and histories.attribute = latest.attribute
),

completed as (
    select * from confirmed
    union
    select latest.*
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
    {{ held_before('end_on') }} as held_before,
    confirmed_on
from completed
