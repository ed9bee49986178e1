with batches as (select * from {{ ref('stg_landing__batch') }}),

-- A weekend after a window is no gap, because nothing is tabled or answered on it.
windows as (
    select
        interval_start_on,
        interval_end_on,
        case {{ iso_weekday('interval_end_on') }}
            when 5 then {{ day_after(day_after('interval_end_on')) }}
            when 6 then {{ day_after('interval_end_on') }}
            else interval_end_on
        end as covered_until_on
    from batches
    where source = 'written_questions'
),

followed as (
    select
        *,
        max(covered_until_on) over (
            order by interval_start_on, covered_until_on rows between unbounded preceding and 1 preceding
        ) as covered_before_on
    from windows
),

numbered as (
    select
        *,
        count(case when interval_start_on <= {{ day_after('covered_before_on') }} then null else 1 end) over (
            order by interval_start_on, covered_until_on
        ) as stretch_number
    from followed
),

stretches as (
    select
        min(interval_start_on) as complete_from_on,
        max(interval_end_on) as as_of_on
    from numbered
    group by stretch_number
)

select
    -- dates
    complete_from_on,
    as_of_on,
    coalesce({{ day_after('lag(as_of_on) over (order by as_of_on)') }}, {{ distant_past() }}) as held_from,
    case
        when lead(as_of_on) over (order by as_of_on) is null then {{ distant_future() }}
        else {{ day_after('as_of_on') }}
    end as held_before,

    -- flags
    lead(as_of_on) over (order by as_of_on) is null as is_current
from stretches
