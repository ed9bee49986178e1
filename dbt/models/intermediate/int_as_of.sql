with windows as (select * from {{ ref('int_windows') }}),
sources as (select * from {{ ref('stg_landing__source') }}),

source_houses as (
    select
        source,
        {{ explode('houses') }} as house
    from sources
    union all
    select
        source,
        cast(null as string) as house
    from sources
    where {{ list_length('houses') }} = 0 and base_url is not null
),

-- A weekend after a window is no gap for a House, because nothing is tabled or answered on it.
asked as (
    select
        windows.source,
        source_houses.house,
        windows.interval_start_on,
        windows.complete_until_on,
        case {{ iso_weekday('windows.complete_until_on') }} * case when source_houses.house is null then 0 else 1 end
            when 5 then {{ day_after(day_after('windows.complete_until_on')) }}
            when 6 then {{ day_after('windows.complete_until_on') }}
            else windows.complete_until_on
        end as covered_until_on
    from windows
    inner join source_houses on windows.source = source_houses.source
    where windows.interval_start_on <= windows.complete_until_on
),

followed as (
    select
        *,
        max(covered_until_on) over (
            partition by source, house
            order by interval_start_on, covered_until_on rows between unbounded preceding and 1 preceding
        ) as covered_before_on
    from asked
),

numbered as (
    select
        *,
        count(case when interval_start_on <= {{ day_after('covered_before_on') }} then null else 1 end) over (
            partition by source, house
            order by interval_start_on, covered_until_on
        ) as stretch_number
    from followed
),

stretches as (
    select
        source,
        house,
        min(interval_start_on) as complete_from_on,
        max(complete_until_on) as as_of_on
    from numbered
    group by source, house, stretch_number
),

ordered as (
    select
        *,
        lag(as_of_on) over (partition by source, house order by as_of_on) as earlier_as_of_on,
        lead(as_of_on) over (partition by source, house order by as_of_on) as later_as_of_on
    from stretches
)

select
    -- keys
    {{ surrogate_key(["source", "house", "complete_from_on"]) }} as as_of_key,

    -- ids
    source,

    -- kinds
    house,

    -- dates
    complete_from_on,
    as_of_on,
    coalesce({{ day_after('earlier_as_of_on') }}, {{ distant_past() }}) as held_from,
    case
        when later_as_of_on is null then {{ distant_future() }}
        else {{ day_after('as_of_on') }}
    end as held_before,

    -- flags
    later_as_of_on is null as is_current
from ordered
