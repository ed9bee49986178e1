with posts as (select * from {{ ref('stg_records__government_post') }}),
documents as (select * from {{ ref('stg_landing__document') }}),
merged_ids as (select * from {{ ref('int_member_merges') }}),

dated as (
    select
        posts.document_id,
        posts.post_ordinal,
        coalesce(merged_ids.merged_into_member_id, posts.member_id) as member_id,
        posts.member_name_text,
        posts.post_text,
        posts.department_text,
        posts.start_on,
        posts.end_on,
        {{ normalise_post('posts.post_text') }} as post_label,
        documents.fetched_at,
        cast(documents.fetched_at as date) as confirmed_on,
        documents.document_kind = 'government_posts' as is_listed,
        case
            when documents.document_kind = 'government_posts' then 'list'
            else coalesce(cast(posts.member_id as string), posts.document_id)
        end as given_by
    from posts
    inner join documents on posts.document_id = documents.document_id
    left join merged_ids on posts.member_id = merged_ids.member_id
),

-- A biography lists all posts of a member, and the list all posts of today, so only the newest of each counts.
newest as (
    select
        *,
        dense_rank() over (partition by given_by order by fetched_at desc, document_id) as document_rank
    from dated
),

biographies as (
    select * from newest
    where not is_listed and document_rank = 1
),

listed as (
    select * from newest
    where is_listed and document_rank = 1 and member_id is not null
),

-- The list adds what no biography says yet, and it confirms the posts that are open in both.
completed as (
    select
        biographies.*,
        case
            when biographies.end_on is null then greatest(biographies.confirmed_on, listed.confirmed_on)
            else biographies.confirmed_on
        end as last_confirmed_on
    from biographies
    left join listed
        on biographies.member_id = listed.member_id
        and biographies.post_label = listed.post_label
        and listed.end_on is null
    union all
    select
        listed.*,
        listed.confirmed_on as last_confirmed_on
    from listed
    left join biographies
        on listed.member_id = biographies.member_id
        and (
            listed.fetched_at <= biographies.fetched_at
            or (listed.post_label = biographies.post_label and biographies.end_on is null)
        )
    where biographies.member_id is null
),

keyed as (
    select
        {{ surrogate_key([
            "'post'", "coalesce(cast(member_id as string), member_name_text)", "post_text", "start_on"
        ]) }} as government_post_key,
        *
    from completed
),

tenures as (
    {{ first_rows("keyed", "government_post_key", "fetched_at desc, document_id, post_ordinal") }}
)

select
    -- keys
    government_post_key,

    -- ids
    document_id,
    member_id,

    -- text
    member_name_text,
    post_text,
    department_text,
    post_label,

    -- dates
    start_on,
    end_on,
    coalesce(start_on, {{ distant_past() }}) as held_from,
    {{ held_before('end_on') }} as held_before,
    last_confirmed_on as confirmed_on,

    -- flags
    end_on is null as is_current
from tenures
