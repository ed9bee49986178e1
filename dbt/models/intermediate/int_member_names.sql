with periods as (select * from {{ ref('int_member_periods') }}),
members as (select * from {{ ref('stg_records__member') }}),

names as (
    select
        member_id,
        name_label
    from periods
    where name_label is not null
    union
    select
        member_id,
        {{ normalise_name('full_title') }} as name_label
    from members
    where {{ normalise_name('full_title') }} is not null
)

select
    -- keys
    periods.member_key,

    -- ids
    names.member_id,

    -- labels
    names.name_label,
    {{ name_parts('names.name_label') }},

    -- flags
    names.name_label = periods.name_label as is_own_name
from periods
inner join names on periods.member_id = names.member_id
