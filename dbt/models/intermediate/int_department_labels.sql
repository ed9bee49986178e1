with names as (select * from {{ ref('int_department_names') }}),

claims as (
    select
        label,
        department_key,
        min(coalesce(valid_from, {{ distant_past() }})) as claimed_from,
        min(case alias_kind when 'name' then 1 when 'abbreviation' then 2 else 3 end) as preference
    from names
    group by label, department_key
),

-- If departments claim a name from the same day, the one with the lowest preference number has it: its own name goes
-- before its abbreviation, and that before an alias.
settled as (
    {{ first_rows("claims", "label, claimed_from", "preference, department_key") }}
),

-- The first department has a name from the beginning of time, and each has it until the next one takes it.
stretches as (
    select
        label,
        department_key,
        case
            when row_number() over (partition by label order by claimed_from) = 1 then {{ distant_past() }}
            else claimed_from
        end as held_from,
        coalesce(
            lead(claimed_from) over (partition by label order by claimed_from), {{ distant_future() }}
        ) as held_before
    from settled
)

select
    -- keys
    department_key,

    -- text
    label,

    -- dates
    held_from,
    held_before,

    -- flags
    held_before = {{ distant_future() }} as is_current
from stretches
