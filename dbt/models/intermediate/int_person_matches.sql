with attributions as (
    select * from {{ ref('int_attributions') }}
),

periods as (
    select * from {{ ref('int_member_periods') }}
),

parties as (
    select * from {{ ref('int_parties') }}
),

given_names as (
    select * from {{ ref('given_name') }}
),

people as (
    select distinct
        person_key,
        member_id,
        name_text,
        party_text,
        constituency_text,
        named_on,
        is_audited
    from attributions
),

-- Given names that stand for each other: each short form, its full form, and short forms of the same full form.
same_given_names as (
    select
        short_name as given_name,
        full_name as other_given_name
    from given_names
    union
    select
        full_name as given_name,
        short_name as other_given_name
    from given_names
    union
    select
        one.short_name as given_name,
        other.short_name as other_given_name
    from given_names as one
    inner join given_names as other on one.full_name = other.full_name and one.short_name != other.short_name
),

-- By Parliament's id: the period of that day; failing that the nearest before it; failing that the first.
periods_by_id as (
    select
        people.person_key,
        periods.member_key,
        periods.member_id,
        people.named_on is null
        or (people.named_on >= periods.held_from and people.named_on < periods.held_before) as is_as_of_day,
        row_number() over (
            partition by people.person_key
            order by
                case when people.named_on is null or people.named_on >= periods.held_from then 0 else 1 end,
                case
                    when people.named_on is null or people.named_on >= periods.held_from then periods.held_from
                end desc,
                periods.held_from
        ) as period_rank
    from people
    inner join periods on people.member_id = periods.member_id
),

matched_by_id as (
    select
        person_key,
        member_key,
        member_id,
        case when is_as_of_day then 'member_id' else 'member_id_other_period' end as match_method
    from periods_by_id
    where period_rank = 1
),

named as (
    select
        person_key,
        {{ normalise_name('name_text') }} as name_label,
        {{ normalise_label('party_text') }} as party_label,
        {{ normalise_seat('constituency_text') }} as seat_label,
        named_on
    from people
    where member_id is null
),

-- How much of the register is known on a day: a day with less than half of today's members proves nothing.
days as (
    select distinct named_on
    from people
),

current_count as (
    select count(*) as member_count
    from periods
    where is_current and house = 'Commons'
),

day_counts as (
    select
        days.named_on,
        count(*) as member_count
    from days
    inner join periods
        on periods.house = 'Commons'
        and (
            (days.named_on is null and periods.is_current)
            or (days.named_on >= periods.held_from and days.named_on < periods.held_before)
        )
    group by days.named_on
),

covered_days as (
    select
        day_counts.named_on,
        true as is_covered
    from day_counts
    cross join current_count
    where day_counts.member_count * 2 >= current_count.member_count
),

seats as (
    select distinct
        seat_label,
        held_from,
        held_before,
        is_current
    from periods
    where seat_label is not null
),

known_seats as (
    select distinct named.person_key
    from named
    inner join seats
        on named.seat_label = seats.seat_label
        and (
            (named.named_on is null and seats.is_current)
            or (named.named_on >= seats.held_from and named.named_on < seats.held_before)
        )
),

named_parts as (
    select
        named.person_key,
        named.name_label,
        named.seat_label,
        named.named_on,
        parties.party_family,
        known_seats.person_key is not null as is_seat_known,
        case
            when instr(named.name_label, ' ') > 0
                then substr(named.name_label, 1, instr(named.name_label, ' ') - 1)
            else named.name_label
        end as given_name,
        case
            when instr(named.name_label, ' ') > 0
                then substr(named.name_label, instr(named.name_label, ' ') + 1)
            else ''
        end as family_name
    from named
    left join parties on named.party_label = parties.label
    left join known_seats on named.person_key = known_seats.person_key
),

period_parts as (
    select
        periods.member_key,
        periods.member_id,
        periods.name,
        periods.seat_label,
        periods.held_from,
        periods.held_before,
        periods.is_current,
        parties.party_family,
        case
            when instr(periods.name_label, ' ') > 0
                then substr(periods.name_label, 1, instr(periods.name_label, ' ') - 1)
            else periods.name_label
        end as given_name,
        case
            when instr(periods.name_label, ' ') > 0
                then substr(periods.name_label, instr(periods.name_label, ' ') + 1)
            else ''
        end as family_name
    from periods
    left join parties on periods.party_label = parties.label
),

candidates_by_name as (
    select
        named_parts.person_key,
        period_parts.member_key,
        period_parts.member_id,
        named_parts.given_name = period_parts.given_name as is_same_given_name,
        coalesce(named_parts.seat_label = period_parts.seat_label, false) as is_same_seat,
        named_parts.seat_label is null as is_seat_missing,
        named_parts.is_seat_known,
        coalesce(named_parts.party_family = period_parts.party_family, false) as is_same_party
    from named_parts
    inner join period_parts
        on named_parts.family_name = period_parts.family_name
        and (
            (named_parts.named_on is null and period_parts.is_current)
            or (named_parts.named_on >= period_parts.held_from and named_parts.named_on < period_parts.held_before)
        )
    left join same_given_names
        on named_parts.given_name = same_given_names.given_name
        and period_parts.given_name = same_given_names.other_given_name
    where named_parts.given_name = period_parts.given_name or same_given_names.given_name is not null
),

seat_holders_that_day as (
    select
        named_parts.person_key,
        named_parts.name_label,
        period_parts.member_key,
        period_parts.member_id,
        period_parts.name
    from named_parts
    inner join period_parts
        on named_parts.seat_label = period_parts.seat_label
        and (
            (named_parts.named_on is null and period_parts.is_current)
            or (named_parts.named_on >= period_parts.held_from and named_parts.named_on < period_parts.held_before)
        )
),

seat_holders as (
    select
        person_key,
        min(name) as name
    from seat_holders_that_day
    group by person_key
    having count(distinct member_id) = 1
),

-- The strongest evidence that a candidate has.
graded as (
    select
        person_key,
        member_key,
        member_id,
        is_same_party,
        case
            when is_same_given_name and is_same_seat then 1
            when is_same_seat then 2
            when is_same_given_name and (is_seat_missing or not is_seat_known or is_same_party) then 3
            when is_seat_missing then 4
        end as grade
    from candidates_by_name
    union all
    select
        person_key,
        member_key,
        member_id,
        false as is_same_party,
        5 as grade
    from seat_holders_that_day
    where name_label is null
),

best_grades as (
    select
        person_key,
        min(grade) as grade
    from graded
    group by person_key
),

contenders as (
    select
        graded.person_key,
        graded.grade,
        min(graded.member_key) as member_key,
        min(graded.member_id) as member_id,
        count(distinct graded.member_id) as member_count,
        min(case when graded.is_same_party then graded.member_key end) as party_member_key,
        min(case when graded.is_same_party then graded.member_id end) as party_member_id,
        count(distinct case when graded.is_same_party then graded.member_id end) as party_member_count
    from graded
    inner join best_grades on graded.person_key = best_grades.person_key and graded.grade = best_grades.grade
    group by graded.person_key, graded.grade
),

matched_by_name as (
    select
        person_key,
        case
            when member_count = 1 then member_key
            when party_member_count = 1 then party_member_key
        end as member_key,
        case
            when member_count = 1 then member_id
            when party_member_count = 1 then party_member_id
        end as member_id,
        case
            when member_count > 1 and party_member_count = 1 then 'name_and_party'
            when member_count > 1 then 'ambiguous'
            when grade = 1 then 'name_and_constituency'
            when grade = 2 then 'short_name_and_constituency'
            when grade = 3 then 'name'
            when grade = 4 then 'short_name'
            when grade = 5 then 'constituency'
        end as match_method
    from contenders
),

resolved as (
    select * from matched_by_id
    union all
    select * from matched_by_name
),

described as (
    select
        -- keys
        people.person_key,
        case
            when resolved.match_method is null and people.is_audited and named.name_label is not null
                then {{ surrogate_key(["'unverified member'", "named.name_label", "named.seat_label"]) }}
            else resolved.member_key
        end as member_key,

        -- ids
        coalesce(resolved.member_id, people.member_id) as member_id,

        -- text
        people.name_text,
        people.party_text,
        people.constituency_text,
        named.name_label,
        named.seat_label,
        named.party_label,
        seat_holders.name as seat_holder_name,

        -- kinds
        case
            when resolved.match_method is not null then resolved.match_method
            when people.member_id is not null then 'unknown_member_id'
            when people.is_audited and named.name_label is not null then 'unverified'
            else 'unresolved'
        end as match_method,

        -- dates
        people.named_on,

        -- flags
        people.is_audited,
        resolved.member_key is not null as is_in_register,
        known_seats.person_key is not null as is_seat_known,
        coalesce(covered_days.is_covered, false) as is_day_covered
    from people
    left join named on people.person_key = named.person_key
    left join known_seats on people.person_key = known_seats.person_key
    left join resolved on people.person_key = resolved.person_key
    left join seat_holders on people.person_key = seat_holders.person_key
    left join covered_days on people.named_on is not distinct from covered_days.named_on
)

select
    described.*,

    -- shares
    methods.match_confidence
from described
inner join {{ ref('match_method') }} as methods on described.match_method = methods.match_method
