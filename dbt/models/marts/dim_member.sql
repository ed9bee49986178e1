with periods as (select * from {{ ref('int_member_periods') }}),
matches as (select * from {{ ref('int_person_matches') }}),
parties as (select * from {{ ref('int_parties') }}),
statuses as (select * from {{ ref('int_member_statuses') }}),

latest_statuses as (
    {{ first_rows("statuses", "member_key", "valid_from desc, member_status_key") }}
),

registered as (
    select
        periods.member_key,
        parties.party_key,
        case
            when periods.seat_label is not null
                then {{ surrogate_key(["'constituency'", "periods.seat_label"]) }}
        end as constituency_key,
        periods.member_id,
        periods.name,
        periods.party_text as party,
        periods.constituency_text as constituency,
        periods.house,
        periods.gender,
        latest_statuses.status_kind,
        periods.valid_from,
        periods.valid_to,
        periods.confirmed_on,
        periods.is_current,
        true as is_verified
    from periods
    left join parties on periods.party_label = parties.label
    left join latest_statuses on periods.member_key = latest_statuses.member_key
),

unverified as (
    select
        member_key,
        min(name_text) as name,
        min(party_text) as party,
        min(constituency_text) as constituency
    from matches
    where match_method = 'unverified'
    group by member_key
),

unioned as (
    select * from registered
    union all
    select
        member_key,
        cast(null as string) as party_key,
        cast(null as string) as constituency_key,
        cast(null as bigint) as member_id,
        name,
        party,
        constituency,
        cast(null as string) as house,
        cast(null as string) as gender,
        cast(null as string) as status_kind,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        cast(null as date) as confirmed_on,
        false as is_current,
        false as is_verified
    from unverified
)

select
    -- keys
    member_key,
    party_key,
    constituency_key,

    -- ids
    member_id,

    -- text
    name,
    party,
    constituency,
    {{ member_page('member_id') }} as public_url,

    -- kinds
    house,
    gender,
    status_kind,

    -- dates
    valid_from,
    valid_to,
    confirmed_on,

    -- flags
    is_current,
    is_verified
from unioned
