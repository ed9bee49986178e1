with people as (select * from {{ ref('int_people') }}),
posts as (select * from {{ ref('int_government_posts') }}),
periods as (select * from {{ ref('int_member_periods') }}),
office_names as (select * from {{ ref('office_name') }}),

printed as (
    select
        person_key,
        named_on,
        post_label as printed_label
    from people
    where post_label is not null
    union
    select
        person_key,
        named_on,
        office_label as printed_label
    from people
    where office_label is not null
),

printed_labels as (
    select distinct printed_label
    from printed
),

labels as (
    select
        printed_label,
        printed_label as post_label
    from printed_labels
    union
    select
        printed_labels.printed_label,
        {{ normalise_post('office_names.post_text') }} as post_label
    from printed_labels
    inner join office_names on printed_labels.printed_label = {{ normalise_post('office_names.office_text') }}
),

post_labels as (
    select distinct post_label
    from posts
),

-- A post may join several offices: "Lord Chancellor and Secretary of State for Justice".
named_posts as (
    select distinct
        labels.printed_label,
        post_labels.post_label
    from labels
    inner join post_labels
        on ' and ' || post_labels.post_label || ' and ' like '% and ' || labels.post_label || ' and %'
)

select distinct
    -- keys
    printed.person_key,
    periods.member_key,

    -- ids
    posts.member_id,

    -- text
    periods.name,

    -- labels
    printed.printed_label
from printed
inner join named_posts on printed.printed_label = named_posts.printed_label
inner join posts on named_posts.post_label = posts.post_label and {{ holds_on('posts', 'printed.named_on') }}
inner join periods on posts.member_id = periods.member_id and {{ holds_on('periods', 'printed.named_on') }}
