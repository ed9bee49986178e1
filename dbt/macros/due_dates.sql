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
