with calendar as (
    select * from {{ ref('int_calendar') }}
)

select
    -- dates
    date_on,

    -- parts
    cast(year(date_on) as bigint) as year_number,
    cast(month(date_on) as bigint) as month_number,
    cast({{ iso_weekday('date_on') }} as bigint) as weekday_number,
    cast(date_trunc('month', date_on) as date) as month_start_on,
    cast(year(date_on) - case when month(date_on) < 4 then 1 else 0 end as bigint) as financial_year_number,

    -- flags
    {{ iso_weekday('date_on') }} > 5 as is_weekend,
    is_commons_sitting_day or is_lords_sitting_day as is_sitting_day,
    is_commons_sitting_day,
    is_lords_sitting_day,

    -- counts
    commons_sitting_day_count,
    lords_sitting_day_count
from calendar
