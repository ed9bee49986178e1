with questions as (select * from {{ ref('int_questions') }}),
sightings as (select * from {{ ref('int_question_sightings') }}),

compared as (
    select
        sightings.*,
        case
            when sightings.department_key != questions.department_key then sightings.department_key
        end as other_department_key,
        sightings.department_key = questions.department_key as is_in_department,
        coalesce(questions.is_withdrawn, false) and coalesce(sightings.is_withdrawn, false) as is_seen_withdrawn
    from sightings
    inner join questions on sightings.question_key = questions.question_key
),

-- When a question was last seen with another department, and last seen before it was withdrawn.
before_change as (
    select
        question_key,
        max(case when is_timely then complete_until_on end) as known_until_on,
        max(case when other_department_key is not null then seen_at end) as last_elsewhere_at,
        max(case when not is_seen_withdrawn then seen_at end) as last_standing_at
    from compared
    group by question_key
),

elsewhere as (
    select *
    from compared
    where other_department_key is not null
),

originals as (
    {{ first_rows("elsewhere", "question_key", "seen_at, document_id, question_ordinal") }}
),

changed as (
    select
        compared.question_key,
        min(
            case
                when compared.is_in_department and compared.seen_at > before_change.last_elsewhere_at
                    then compared.interval_end_on
            end
        ) as transfer_seen_on,
        min(
            case
                when
                    compared.is_seen_withdrawn
                    and (
                        before_change.last_standing_at is null or compared.seen_at > before_change.last_standing_at
                    )
                    then compared.interval_end_on
            end
        ) as withdrawal_seen_on
    from compared
    inner join before_change on compared.question_key = before_change.question_key
    group by compared.question_key
)

select
    -- keys
    before_change.question_key,
    originals.other_department_key as original_department_key,

    -- dates
    before_change.known_until_on,
    changed.transfer_seen_on,
    changed.withdrawal_seen_on
from before_change
inner join changed on before_change.question_key = changed.question_key
left join originals on before_change.question_key = originals.question_key
