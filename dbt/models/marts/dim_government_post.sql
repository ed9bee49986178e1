with posts as (select * from {{ ref('int_government_posts') }}),
periods as (select * from {{ ref('int_member_periods') }}),
labels as (select * from {{ ref('int_department_labels') }}),
named_departments as (select * from {{ ref('int_named_departments') }}),

holder_periods as (
    select
        posts.government_post_key,
        periods.member_key,
        periods.held_from,
        coalesce(posts.start_on < periods.held_from, true) as is_later_period
    from posts
    inner join periods on posts.member_id = periods.member_id
),

-- The last period of the member that had begun by the first day of the post or, where none had, the first.
holders as (
    {{ first_rows(
        "holder_periods",
        "government_post_key",
        "is_later_period, case when not is_later_period then held_from end desc, held_from"
    ) }}
)

select
    -- keys
    posts.government_post_key,
    holders.member_key,
    coalesce(labels.department_key, named_departments.department_key) as department_key,

    -- ids
    posts.member_id,
    posts.document_id,

    -- text
    posts.member_name_text,
    posts.post_text,
    posts.department_text,

    -- dates
    posts.start_on,
    posts.end_on,
    posts.confirmed_on,

    -- flags
    posts.is_current
from posts
left join holders on posts.government_post_key = holders.government_post_key
left join labels
    on {{ normalise_label('posts.department_text') }} = labels.label
    and {{ holds_on('labels', 'posts.start_on') }}
left join named_departments
    on posts.post_text = named_departments.naming_text
    and posts.start_on is not distinct from named_departments.named_on
