with posts as (
    select * from {{ ref('stg_records__government_post') }}
),

documents as (
    select * from {{ ref('stg_landing__document') }}
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
ranked_documents as (
    select
        *,
        dense_rank() over (partition by member_id order by fetched_at desc, document_id) as document_rank,
        row_number() over (
            partition by government_post_key
            order by fetched_at desc, document_id, post_ordinal
        ) as post_rank
    from keyed
),

chosen as (
    select *
    from ranked_documents
    where post_rank = 1 and (document_rank = 1 or member_id is null)
),

holders as (
    select
        chosen.government_post_key,
        periods.member_key,
        row_number() over (
            partition by chosen.government_post_key
            order by
                case when chosen.start_on >= periods.held_from then 0 else 1 end,
                case when chosen.start_on >= periods.held_from then periods.held_from end desc,
                periods.held_from
        ) as holder_rank
    from chosen
    inner join periods on chosen.member_id = periods.member_id
)

select
    -- keys
    chosen.government_post_key,
    holders.member_key,
    coalesce(labels.department_key, named_departments.department_key) as department_key,

    -- ids
    chosen.member_id,
    chosen.document_id,

    -- text
    chosen.member_name_text,
    chosen.post_text,
    chosen.department_text,

    -- dates
    chosen.start_on,
    chosen.end_on,

    -- flags
    chosen.end_on is null as is_current
from chosen
left join holders on chosen.government_post_key = holders.government_post_key and holders.holder_rank = 1
left join labels on {{ normalise_label('chosen.department_text') }} = labels.label
left join named_departments on chosen.post_text = named_departments.naming_text
