-- A document that lists a member's posts lists all of them, so only the newest counts.
with posts as (
    {{ newest_records(
        "stg_records__government_post", "coalesce(cast(records.member_id as string), records.document_id)"
    ) }}
),

keyed as (
    select
        {{ surrogate_key([
            "'post'", "coalesce(cast(member_id as string), member_name_text)", "post_text", "start_on"
        ]) }} as government_post_key,
        *
    from posts
),

newest as (
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
    {{ normalise_post('post_text') }} as post_label,

    -- dates
    start_on,
    end_on,
    coalesce(start_on, {{ distant_past() }}) as held_from,
    coalesce({{ day_after('end_on') }}, {{ distant_future() }}) as held_before,

    -- flags
    end_on is null as is_current
from newest
