with seeded as (select * from {{ ref('party') }}),
aliases as (select * from {{ ref('party_alias') }}),
members as (select * from {{ ref('stg_records__member') }}),
periods as (select * from {{ ref('stg_records__member_period') }}),

registered as (
    select party_text
    from members
    where party_text is not null
    union
    select value_text as party_text
    from periods
    where attribute = 'party'
),

labels as (
    {{ seeded_labels("party_code", "seeded", "aliases") }}
),

unlisted as (
    select
        {{ normalise_label('registered.party_text') }} as label,
        min(registered.party_text) as party_name
    from registered
    left join labels on {{ normalise_label('registered.party_text') }} = labels.label
    where labels.label is null
    group by {{ normalise_label('registered.party_text') }}
)

select
    -- keys
    {{ surrogate_key(["'party'", "seeded.party_code"]) }} as party_key,

    -- text
    labels.label,
    seeded.name as party_name,
    seeded.abbreviation,
    seeded.family as party_family,

    -- flags
    true as is_seeded
from labels
inner join seeded on labels.party_code = seeded.party_code
union all
select
    {{ surrogate_key(["'party'", "label"]) }} as party_key,
    label,
    party_name,
    cast(null as string) as abbreviation,
    party_name as party_family,
    false as is_seeded
from unlisted
