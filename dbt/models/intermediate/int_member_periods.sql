{% set beginning = "cast('0001-01-01' as date)" %}
{% set attributes = [("house", "house"), ("party", "party_text"), ("constituency", "constituency_text")] %}

with member_records as (
    {{ newest_records("stg_records__member", "records.member_id") }}
),

members as (
    {{ first_rows("member_records", "member_id", "member_ordinal") }}
),

period_records as (
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

histories as (
    select
        member_id,
        attribute,
        value_text,
        coalesce(start_on, {{ beginning }}) as start_on,
        end_on
    from period_records
),

completed as (
    select
        member_id,
        attribute,
        value_text,
        start_on,
        end_on
    from histories
    union all
    select
        latest.member_id,
        latest.attribute,
        latest.value_text,
        coalesce(latest.start_on, {{ beginning }}) as start_on,
        latest.end_on
    from latest
    left join histories on latest.member_id = histories.member_id and latest.attribute = histories.attribute
    where histories.member_id is null
),

change_points as (
    select
        member_id,
        start_on as changed_on
    from completed
    union
    select
        member_id,
        end_on as changed_on
    from completed
    where end_on is not null
),

slices as (
    select
        member_id,
        changed_on as valid_from,
        lead(changed_on) over (partition by member_id order by changed_on) as valid_to
    from change_points
),

values_held as (
    select
        slices.member_id,
        slices.valid_from,
        slices.valid_to,
        completed.attribute,
        completed.value_text,
        completed.start_on
    from slices
    inner join completed
        on slices.member_id = completed.member_id
        and slices.valid_from >= completed.start_on
        and (completed.end_on is null or slices.valid_from < completed.end_on)
),

-- Where two periods of one attribute overlap, the one that began later holds.
held as (
    {{ first_rows("values_held", "member_id, valid_from, attribute", "start_on desc, value_text") }}
),

described as (
    select
        member_id,
        valid_from,
        valid_to,
        max(case when attribute = 'house' then value_text end) as house,
        max(case when attribute = 'party' then value_text end) as party_text,
        max(case when attribute = 'constituency' then value_text end) as constituency_text,
        max(case when attribute = 'name' then value_text end) as name
    from held
    group by member_id, valid_from, valid_to
),

sitting as (
    select
        described.member_id,
        described.valid_from,
        described.valid_to,
        described.house,
        described.party_text,
        described.constituency_text,
        coalesce(described.name, members.name) as name,
        lag(described.valid_to) over (
            partition by described.member_id
            order by described.valid_from
        ) as previous_valid_to,
        {{ surrogate_key([
            "described.house",
            "described.party_text",
            "described.constituency_text",
            "coalesce(described.name, members.name)",
        ]) }} as description_hash
    from described
    inner join members on described.member_id = members.member_id
    where described.house is not null
),

starts as (
    select
        *,
        case
            when
                previous_valid_to = valid_from
                and lag(description_hash) over (partition by member_id order by valid_from) = description_hash
                then 0
            else 1
        end as is_start
    from sitting
),

numbered as (
    select
        *,
        sum(is_start) over (
            partition by member_id
            order by valid_from
            rows between unbounded preceding and current row
        ) as period_number
    from starts
),

merged as (
    select
        member_id,
        period_number,
        house,
        party_text,
        constituency_text,
        name,
        min(valid_from) as valid_from,
        case when count(*) = count(valid_to) then max(valid_to) end as valid_to
    from numbered
    group by member_id, period_number, house, party_text, constituency_text, name
)

select
    -- keys
    {{ surrogate_key(["'member'", "merged.member_id", "merged.valid_from"]) }} as member_key,

    -- ids
    merged.member_id,

    -- text
    merged.name,
    merged.party_text,
    merged.constituency_text,
    {{ normalise_name('merged.name') }} as name_label,
    {{ normalise_label('merged.party_text') }} as party_label,
    case when merged.house = 'Commons' then {{ normalise_seat('merged.constituency_text') }} end as seat_label,

    -- kinds
    merged.house,
    members.gender,

    -- dates
    nullif(merged.valid_from, {{ beginning }}) as valid_from,
    merged.valid_to,
    merged.valid_from as held_from,
    coalesce(merged.valid_to, cast('9999-12-31' as date)) as held_before,

    -- flags
    merged.valid_to is null and coalesce(members.is_current, true) as is_current
from merged
inner join members on merged.member_id = members.member_id
