{#
    Whether the due date of a question binds the minister: a written question of the Commons whose asker named the day
    (Standing Order No 22(4); Erskine May, paragraph 22.4), and every written question of the Lords, which is to be answered
    within ten sitting days (Companion to the Standing Orders of the House of Lords). The due date is the one that the
    source gives.
#}
{% macro is_due_date_binding(questions) -%}
    (
        {{ questions }}.question_type = 'written'
        and (
            {{ questions }}.house = 'Lords'
            or ({{ questions }}.house = 'Commons' and coalesce({{ questions }}.is_named_day, false))
        )
    )
{%- endmacro %}


{#
    Whether the due date of a question is nominal: an ordinary written question of the Commons is put down for the second
    sitting day after it was tabled, and is to be answered within a working week (Erskine May, paragraph 22.4).
#}
{% macro is_due_date_nominal(questions) -%}
    (
        {{ questions }}.question_type = 'written'
        and {{ questions }}.house = 'Commons'
        and not {{ questions }}.is_named_day
    )
{%- endmacro %}


{#
    The sitting days of a House after one day, up to and including another, from the rows of int_calendar of both days.
    Null if it is not known of a weekday between them whether the House sat.
#}
{% macro sitting_days_between(house, first_day, last_day) -%}
    case
        {%- for name in ["Commons", "Lords"] %}
        {%- set count, unknown = name | lower ~ "_sitting_day_count", name | lower ~ "_unknown_day_count" %}
        when {{ house }} = '{{ name }}' and {{ first_day }}.{{ unknown }} = {{ last_day }}.{{ unknown }}
            then {{ last_day }}.{{ count }} - {{ first_day }}.{{ count }}
        {%- endfor %}
    end
{%- endmacro %}
