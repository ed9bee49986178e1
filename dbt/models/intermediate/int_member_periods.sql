with states as (select * from {{ ref('int_member_states') }}),
members as (select * from {{ ref('int_registered_members') }}),
parties as (select * from {{ ref('int_parties') }}),

-- A membership that has ended according to the latest description is not open, whatever the history says.
sitting as (
    select
        states.member_id,
        states.held_from,
        case
            when states.held_before = {{ distant_future() }} and members.membership_end_on >= states.held_from
                then {{ held_before('members.membership_end_on') }}
            else states.held_before
        end as held_before,
        states.confirmed_on,
        states.house,
        states.party_text,
        states.constituency_text,
        coalesce(states.name, members.name) as name
    from states
    inner join members on states.member_id = members.member_id
    where states.house is not null
),

-- Another spelling of the same party, seat or name is no change.
described as (
    select
        sitting.*,
        {{ surrogate_key([
            "sitting.house",
            "coalesce(parties.party_key, sitting.party_text)",
            normalise_label("sitting.constituency_text"),
            normalise_label("sitting.name")
        ]) }} as description_hash
    from sitting
    left join parties on {{ normalise_label('sitting.party_text') }} = parties.label
),

starts as (
    select
        *,
        case
            when
                lag(held_before) over (partition by member_id order by held_from) = held_from
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

-- A period is described as at its end.
merged as (
    select
        *,
        min(held_from) over (partition by member_id, period_number) as period_held_from,
        max(confirmed_on) over (partition by member_id, period_number) as period_confirmed_on,
        row_number() over (partition by member_id, period_number order by held_from desc) as state_rank
    from numbered
)

select
    -- keys
    {{ surrogate_key(["'member'", "merged.member_id", "merged.period_held_from"]) }} as member_key,

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
    nullif(merged.period_held_from, {{ distant_past() }}) as valid_from,
    nullif(merged.held_before, {{ distant_future() }}) as valid_to,
    merged.period_held_from as held_from,
    merged.held_before,
    merged.period_confirmed_on as confirmed_on,

    -- flags
    merged.held_before = {{ distant_future() }} and coalesce(members.is_current, true) as is_current
from merged
inner join members on merged.member_id = members.member_id
where merged.state_rank = 1
