with posts as (
    select * from {{ ref('stg_records__government_post') }}
),

documents as (
    select * from {{ ref('stg_landing__document') }}
),

keyed as (
    select
        {{ surrogate_key([
            "'post'",
            "coalesce(cast(posts.member_id as string), posts.member_name_text)",
            "posts.post_text",
            "posts.start_on",
        ]) }} as government_post_key,
        posts.*,
        documents.fetched_at
    from posts
    inner join documents on posts.document_id = documents.document_id
),

-- A document that lists a member's posts lists all of them: only the newest counts.
ranked as (
    select
        *,
        dense_rank() over (partition by member_id order by fetched_at desc, document_id) as document_rank,
        row_number() over (
            partition by government_post_key
            order by fetched_at desc, document_id, post_ordinal
        ) as post_rank
    from keyed
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
    {{ normalise_post('post_text') }} as post_label,

    -- dates
    start_on,
    end_on,
    coalesce(start_on, cast('0001-01-01' as date)) as held_from,
    coalesce({{ day_after('end_on') }}, cast('9999-12-31' as date)) as held_before,

    -- flags
    end_on is null as is_current
from ranked
where post_rank = 1 and (document_rank = 1 or member_id is null)
