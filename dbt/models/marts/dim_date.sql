select
    -- dates
    calendar.date_on,

    -- kinds
    calendar.commons_sitting_day_basis,
    calendar.lords_sitting_day_basis,
    case
        when calendar.is_commons_sitting_day and calendar.commons_sitting_day_basis = 'hansard' then 'hansard'
        when calendar.is_lords_sitting_day and calendar.lords_sitting_day_basis = 'hansard' then 'hansard'
        when calendar.is_commons_sitting_day or calendar.is_lords_sitting_day then 'inferred'
        when 'not_loaded' in (calendar.commons_sitting_day_basis, calendar.lords_sitting_day_basis) then 'not_loaded'
        when 'inferred' in (calendar.commons_sitting_day_basis, calendar.lords_sitting_day_basis) then 'inferred'
        else 'hansard'
    end as sitting_day_basis,

    -- parts
    cast(year(calendar.date_on) as bigint) as year_number,
    cast(month(calendar.date_on) as bigint) as month_number,
    cast({{ iso_weekday('calendar.date_on') }} as bigint) as weekday_number,
    cast(date_trunc('month', calendar.date_on) as date) as month_start_on,
    cast(
        year(calendar.date_on) - case when month(calendar.date_on) < 4 then 1 else 0 end as bigint
    ) as financial_year_number,
    parliaments.parliament_number,

    -- flags
    {{ iso_weekday('calendar.date_on') }} > 5 as is_weekend,
    calendar.is_commons_sitting_day or calendar.is_lords_sitting_day as is_sitting_day,
    calendar.is_commons_sitting_day,
    calendar.is_lords_sitting_day,
    calendar.is_commons_recess_day,
    calendar.is_lords_recess_day,

    -- counts
    calendar.commons_sitting_day_count,
    calendar.lords_sitting_day_count
from {{ ref('int_calendar') }} as calendar
left join {{ ref('parliament') }} as parliaments
    on calendar.date_on >= parliaments.first_met_on
    and (calendar.date_on < parliaments.dissolved_on or parliaments.dissolved_on is null)
