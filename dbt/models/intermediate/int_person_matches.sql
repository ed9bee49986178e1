{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('person_key', {
    'int_people': 'person_key',
    'int_person_candidates': 'person_key',
    'int_seat_holders': 'person_key',
    'int_register_days': ['named_on', 'int_people'],
}) %}

with people as (select * from {{ ref('int_people') }} {{ of_affected }}),
candidates as (select * from {{ ref('int_person_candidates') }} {{ of_affected }}),
methods as (select * from {{ ref('match_method') }}),
periods as (select * from {{ ref('int_member_periods') }}),
seat_holders as (select * from {{ ref('int_seat_holders') }} {{ of_affected }}),
days as (select * from {{ ref('int_register_days') }}),

ranked as (
    select
        candidates.person_key,
        candidates.member_key,
        candidates.member_id,
        candidates.match_method,
        candidates.is_same_party,
        candidates.is_office_holder,
        candidates.is_confirmed,
        case
            when periods.constituency_text is null then periods.name
            else periods.name || ' (' || periods.constituency_text || ')'
        end as candidate_text,
        dense_rank() over (
            partition by candidates.person_key
            order by methods.preference, case when candidates.is_confirmed then 0 else 1 end
        ) as method_rank
    from candidates
    inner join methods on candidates.match_method = methods.match_method
    inner join periods on candidates.member_key = periods.member_key
),

-- The candidates with the strongest evidence. If there are several, the printed party or office may decide.
contenders as (
    select
        person_key,
        min(match_method) as match_method,
        min(case when is_confirmed then 1 else 0 end) = 1 as is_confirmed,
        count(distinct member_id) as member_count,
        min(member_key) as member_key,
        min(member_id) as member_id,
        count(distinct case when is_same_party then member_id end) as party_member_count,
        min(case when is_same_party then member_key end) as party_member_key,
        min(case when is_same_party then member_id end) as party_member_id,
        count(distinct case when is_office_holder then member_id end) as office_member_count,
        min(case when is_office_holder then member_key end) as office_member_key,
        min(case when is_office_holder then member_id end) as office_member_id,
        {{ join_distinct('candidate_text') }} as candidates_text
    from ranked
    where method_rank = 1
    group by person_key
),

decided as (
    select
        person_key,
        candidates_text,
        is_confirmed,
        case
            when member_count = 1 then match_method
            when match_method in ('constituency', 'post') then 'ambiguous'
            when party_member_count = 1 then 'name_and_party'
            when office_member_count = 1 then 'name_and_post'
            else 'ambiguous'
        end as match_method,
        case
            when member_count = 1 then member_key
            when match_method in ('constituency', 'post') then null
            when party_member_count = 1 then party_member_key
            when office_member_count = 1 then office_member_key
        end as member_key,
        case
            when member_count = 1 then member_id
            when match_method in ('constituency', 'post') then null
            when party_member_count = 1 then party_member_id
            when office_member_count = 1 then office_member_id
        end as member_id
    from contenders
),

-- Seats that the register knows on that day, with the member if exactly one had the seat.
seats as (
    select
        person_key,
        case when count(distinct member_id) = 1 then min(name) end as seat_holder_name
    from seat_holders
    group by person_key
),

described as (
    select
        people.person_key,
        people.member_id,
        people.name_text,
        people.party_text,
        people.constituency_text,
        people.post_text,
        people.name_label,
        people.seat_label,
        people.party_label,
        people.named_on,
        people.is_audited,
        decided.member_key,
        decided.member_id as found_member_id,
        decided.candidates_text,
        decided.is_confirmed,
        case
            when not decided.is_confirmed and methods.unconfirmed_method != '' then methods.unconfirmed_method
            when decided.match_method is not null then decided.match_method
            when people.member_id is not null then 'unknown_member_id'
            when people.is_audited and people.name_label is not null then 'unverified'
            else 'unresolved'
        end as match_method
    from people
    left join decided on people.person_key = decided.person_key
    left join methods on decided.match_method = methods.match_method
)

select
    -- keys
    described.person_key,
    case
        when described.match_method = 'unverified'
            then {{ surrogate_key(["'unverified member'", "described.name_label", "described.seat_label"]) }}
        else described.member_key
    end as member_key,

    -- ids
    coalesce(described.found_member_id, described.member_id) as member_id,

    -- text
    described.name_text,
    described.party_text,
    described.constituency_text,
    described.post_text,
    described.name_label,
    described.seat_label,
    described.party_label,
    seats.seat_holder_name,
    case when described.match_method = 'ambiguous' then described.candidates_text end as candidates_text,

    -- kinds
    described.match_method,

    -- shares
    methods.match_confidence,

    -- dates
    described.named_on,

    -- flags
    described.is_audited,
    methods.is_in_register,
    described.is_confirmed,
    seats.person_key is not null as is_seat_known,
    coalesce(days.is_day_covered, false) as is_day_covered
from described
inner join methods on described.match_method = methods.match_method
left join seats on described.person_key = seats.person_key
left join days on described.named_on is not distinct from days.named_on
