with members as (select * from {{ ref('dim_member') }}),
posts as (select * from {{ ref('dim_government_post') }}),
activity as (select * from {{ ref('rpt_member_activity') }}),

-- The newest period of each person stands for the person.
newest as (
    {{ first_rows("members", "coalesce(cast(member_id as string), member_key)", "is_current desc, valid_from desc") }}
),

held_posts as (
    select
        member_id,
        {{ join_distinct('post_text') }} as posts
    from posts
    where is_current
    group by member_id
)

select
    -- ids
    newest.member_id,

    -- text
    newest.name,
    newest.party,
    newest.constituency,
    held_posts.posts,

    -- kinds
    newest.house,
    newest.gender,
    newest.status_kind,

    -- dates
    newest.confirmed_on,

    -- flags
    newest.is_current,
    newest.is_verified,

    -- counts
    activity.written_question_count,
    activity.spoken_question_count,
    activity.answer_count,
    activity.contribution_count,
    activity.mention_count,

    -- text
    newest.public_url,

    -- keys
    newest.member_key
from newest
left join held_posts on newest.member_id = held_posts.member_id
left join activity on newest.member_key = activity.member_key
