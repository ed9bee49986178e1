with posts as (select * from {{ ref('int_government_posts') }}),
periods as (select * from {{ ref('int_member_periods') }}),
names as (select * from {{ ref('int_member_names') }}),
office_holders as (select * from {{ ref('office_holder') }}),
office_names as (select * from {{ ref('office_name') }}),

-- An office of the list has its own name and those of the posts that it stands for.
listed as (
    select
        office_text,
        {{ normalise_post('office_text') }} as post_label
    from (select distinct office_text from office_holders) as offices
    union
    select
        office_text,
        {{ normalise_post('post_text') }} as post_label
    from office_names
),

terms as (
    select
        office_holders.office_text,
        {{ normalise_name('office_holders.name') }} as name_label,
        office_holders.start_on as held_from,
        {{ held_before('office_holders.end_on') }} as held_before,
        office_holders.confirmed_on
    from office_holders
),

-- The holder is the member who has had the name at any time and sat in the term.
identified as (
    select distinct
        names.member_id,
        terms.office_text,
        terms.held_from,
        terms.held_before,
        terms.confirmed_on
    from terms
    inner join names on terms.name_label = names.name_label
    inner join periods
        on names.member_key = periods.member_key
        and terms.held_from < periods.held_before
        and terms.held_before > periods.held_from
)

select
    -- ids
    member_id,

    -- labels
    post_label,

    -- dates
    held_from,
    held_before,
    confirmed_on,

    -- flags
    is_current,
    true as is_in_register
from posts
where member_id is not null
union all
select
    identified.member_id,
    listed.post_label,
    identified.held_from,
    identified.held_before,
    identified.confirmed_on,
    identified.held_before = {{ distant_future() }} as is_current,
    false as is_in_register
from identified
inner join listed on identified.office_text = listed.office_text
