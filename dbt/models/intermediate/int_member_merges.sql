with merge_records as (
    {{ newest_records("stg_records__member_merge", "records.member_id") }}
),

members as (
    {{ newest_records("stg_records__member", "records.member_id") }}
),

-- The register gave the id as itself since: it is a member of its own again.
standing as (
    select merge_records.*
    from merge_records
    left join members on merge_records.member_id = members.member_id and merge_records.fetched_at < members.fetched_at
    where members.member_id is null
),

-- An id may lead to one that was merged later.
followed as (
    select
        standing.member_id,
        coalesce(later.merged_into_member_id, standing.merged_into_member_id) as merged_into_member_id
    from standing
    left join standing as later on standing.merged_into_member_id = later.member_id
)

select
    -- ids
    member_id,
    merged_into_member_id
from followed
where member_id != merged_into_member_id
