with posts as (
    select * from {{ ref('int_government_posts') }}
),

periods as (
    select * from {{ ref('int_member_periods') }}
),

labels as (
    select * from {{ ref('int_department_labels') }}
),

named_departments as (
    select * from {{ ref('int_named_departments') }}
),

holders as (
    select
        posts.government_post_key,
        periods.member_key,
        row_number() over (
            partition by posts.government_post_key
            order by
                case when posts.start_on >= periods.held_from then 0 else 1 end,
                case when posts.start_on >= periods.held_from then periods.held_from end desc,
                periods.held_from
        ) as holder_rank
    from posts
    inner join periods on posts.member_id = periods.member_id
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

    -- flags
    posts.is_current
from posts
left join holders on posts.government_post_key = holders.government_post_key and holders.holder_rank = 1
left join labels
    on {{ normalise_label('posts.department_text') }} = labels.label
    and {{ holds_on('labels', 'posts.start_on') }}
left join named_departments
    on posts.post_text = named_departments.naming_text
    and posts.start_on is not distinct from named_departments.named_on
