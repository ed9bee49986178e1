with members as (select * from {{ ref('stg_records__member') }}),
documents as (select * from {{ ref('stg_landing__document') }}),
registered as (select * from {{ ref('int_registered_members') }}),
periods as (select * from {{ ref('int_member_periods') }}),
parties as (select * from {{ ref('int_parties') }}),
reasons as (select * from {{ ref('membership_end_reason') }}),
merged_ids as (select * from {{ ref('int_member_merges') }}),

histories as (
    {{ newest_records("stg_records__member_period", "records.member_id") }}
),

-- The history has all memberships, and the latest description the end of the last.
endings as (
    select
        member_id,
        document_id,
        end_on,
        end_reason_id,
        end_reason_text,
        end_notes_text,
        cast(fetched_at as date) as confirmed_on
    from histories
    where attribute = 'house' and end_on is not null
    union all
    select
        registered.member_id,
        registered.document_id,
        registered.membership_end_on as end_on,
        registered.membership_end_reason_id as end_reason_id,
        registered.membership_end_reason_text as end_reason_text,
        registered.membership_end_notes_text as end_notes_text,
        registered.confirmed_on
    from registered
    left join histories
        on registered.member_id = histories.member_id
        and histories.attribute = 'house'
        and registered.membership_end_on = histories.end_on
    where registered.membership_end_on is not null and histories.member_id is null
),

-- Each status that a description of the member has ever had, until the day on which the next one began.
described as (
    select
        member_id,
        status_text,
        status_start_on,
        max(status_notes_text) as status_notes_text,
        min(document_id) as document_id,
        max(confirmed_on) as confirmed_on,
        lead(status_start_on) over (partition by member_id order by status_start_on, status_text) as next_start_on
    from (
        select
            members.document_id,
            members.status_text,
            members.status_start_on,
            members.status_notes_text,
            cast(documents.fetched_at as date) as confirmed_on,
            coalesce(merged_ids.merged_into_member_id, members.member_id) as member_id
        from members
        inner join documents on members.document_id = documents.document_id
        left join merged_ids on members.member_id = merged_ids.member_id
        where members.status_start_on is not null
    ) as descriptions
    group by member_id, status_text, status_start_on
),

-- The periods of a member, with the party family and House of the period just before.
followed as (
    select
        periods.*,
        parties.party_family,
        case
            when lag(periods.held_before) over (partition by periods.member_id order by periods.held_from)
                = periods.held_from
                and lag(periods.house) over (partition by periods.member_id order by periods.held_from) = periods.house
                then lag(parties.party_family) over (partition by periods.member_id order by periods.held_from)
        end as party_family_before
    from periods
    left join parties on periods.party_label = parties.label
),

statuses as (
    select
        endings.member_id,
        endings.document_id,
        case
            when reasons.status_kind is not null then reasons.status_kind
            when coalesce(endings.end_reason_text, cast(endings.end_reason_id as string)) is null then 'left'
            else 'unrecognised'
        end as status_kind,
        case
            when reasons.status_kind is null and endings.end_reason_text is null
                then 'reason ' || cast(endings.end_reason_id as string)
            else endings.end_reason_text
        end as status_text,
        endings.end_notes_text as status_notes_text,
        endings.end_on as valid_from,
        min(histories.start_on) as valid_to,
        endings.confirmed_on
    from endings
    left join reasons
        on {{ normalise_label('endings.end_reason_text') }} = reasons.reason_label
        or (endings.end_reason_text is null and endings.end_reason_id = reasons.reason_id)
    left join histories
        on endings.member_id = histories.member_id
        and histories.attribute = 'house'
        and endings.end_on <= histories.start_on
    group by
        endings.member_id, endings.document_id, reasons.status_kind, endings.end_reason_text, endings.end_reason_id,
        endings.end_notes_text, endings.end_on, endings.confirmed_on
    union all
    select
        member_id,
        document_id,
        case
            when {{ normalise_label('status_text') }} like '%suspend%' then 'suspended'
            when {{ normalise_label('status_text') }} like '%leave of absence%' then 'on_leave'
            when {{ normalise_label('status_text') }} like '%disqualif%' then 'disqualified'
            else 'other'
        end as status_kind,
        status_text,
        status_notes_text,
        status_start_on as valid_from,
        next_start_on as valid_to,
        confirmed_on
    from described
    where {{ normalise_label('status_text') }} != 'current member'
    union all
    select
        followed.member_id,
        registered.document_id,
        'left_party' as status_kind,
        followed.party_text as status_text,
        cast(null as string) as status_notes_text,
        followed.valid_from,
        followed.valid_to,
        followed.confirmed_on
    from followed
    inner join registered on followed.member_id = registered.member_id
    where
        followed.party_family in ('Independent', 'Non-affiliated')
        and followed.party_family_before not in ('Independent', 'Non-affiliated')
),

-- The last period of the member that had begun by the first day of the status.
placed as (
    select
        statuses.*,
        periods.member_key,
        periods.held_from as period_held_from
    from statuses
    inner join periods on statuses.member_id = periods.member_id and statuses.valid_from >= periods.held_from
),

newest as (
    {{ first_rows("placed", "member_id, status_kind, valid_from", "period_held_from desc, document_id") }}
)

select
    -- keys
    {{ surrogate_key(["'member status'", "newest.member_id", "newest.status_kind", "newest.valid_from"]) }}
        as member_status_key,
    newest.member_key,

    -- ids
    newest.member_id,
    newest.document_id,

    -- kinds
    newest.status_kind,

    -- text
    newest.status_text,
    newest.status_notes_text,

    -- dates
    newest.valid_from,
    newest.valid_to,
    newest.confirmed_on,

    -- flags
    newest.valid_to is null
    and (
        newest.status_kind not in ('suspended', 'on_leave', 'disqualified', 'other')
        or coalesce(registered.status_text = newest.status_text, false)
    ) as is_current
from newest
inner join registered on newest.member_id = registered.member_id
where newest.valid_to is null or newest.valid_from < newest.valid_to
