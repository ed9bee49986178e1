{# Whether a day counts for the lag of a source: each day, each weekday, or each day on which its House sat. A weekday of
   which nothing is known may be a sitting day. Either House counts for a source of neither. `calendar` is the name of
   `dim_date` in the query. #}
{% macro is_expected_day(freshness_calendar, house, date_on, calendar) -%}
    case {{ freshness_calendar }}
        when 'days' then true
        when 'weekdays' then {{ iso_weekday(date_on) }} < 6
        else
            coalesce(
                case {{ house }}
                    when 'Commons' then {{ calendar }}.is_commons_sitting_day
                    when 'Lords' then {{ calendar }}.is_lords_sitting_day
                    else {{ calendar }}.is_sitting_day
                end,
                {{ iso_weekday(date_on) }} < 6
            )
    end
{%- endmacro %}
