with states as (select * from {{ ref('int_member_states') }}),
members as (select * from {{ ref('int_registered_members') }}),

sitting as (
    select
        states.member_id,
        states.held_from,
        states.valid_to,
        states.house,
        states.party_text,
        states.constituency_text,
        coalesce(states.name, members.name) as name
    from states
    inner join members on states.member_id = members.member_id
    where states.house is not null
),

described as (
    select
        *,
        {{ surrogate_key(["house", "party_text", "constituency_text", "name"]) }} as description_hash
    from sitting
),

starts as (
    select
        *,
        case
            when
                lag(valid_to) over (partition by member_id order by held_from) = held_from
                and lag(description_hash) over (partition by member_id order by held_from) = description_hash
                then 0
            else 1
        end as is_start
    from described
),

numbered as (
    select
        *,
        sum(is_start) over (
            partition by member_id
            order by held_from
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
        min(held_from) as held_from,
        case when count(*) = count(valid_to) then max(valid_to) end as valid_to
    from numbered
    group by member_id, period_number, house, party_text, constituency_text, name
)

select
    -- keys
    {{ surrogate_key(["'member'", "merged.member_id", "merged.held_from"]) }} as member_key,

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
    nullif(merged.held_from, {{ distant_past() }}) as valid_from,
    merged.valid_to,
    merged.held_from,
    coalesce(merged.valid_to, {{ distant_future() }}) as held_before,

    -- flags
    merged.valid_to is null and coalesce(members.is_current, true) as is_current
from merged
inner join members on merged.member_id = members.member_id
