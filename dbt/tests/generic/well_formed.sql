{#
    Columns in `not_null` have a value in every row. A column in `unique`, unless null, has another value in every row,
    and so has a list of columns there another combination.

    One query checks all rules of a table, because each test costs dbt about as much as a small model. It reads the table
    once for each item of `unique`, and once for all other columns, because the joins of a view take much memory. It gives
    the rules that are broken, by which `warehouse/rules.py` names each of them.

    Of a table whose changed rows are tracked, it reads the rows that were written since the last audit that passed.
#}
{% test well_formed(model, not_null=[], unique=[]) %}
    {{ config(fail_calc='coalesce(sum(failing_count), 0)') }}
    {%- set keys = unique | select('string') | list -%}
    {%- set others = not_null | reject('in', keys) | list -%}
    {%- set found_by = keys or (unique | first) or not_null -%}
with
{% for key in unique %}
{%- set columns = key if key is string else key | join(', ') %}
key_{{ loop.index }} as (
    select
        count(case when row_count > 1 and {{ (columns ~ " is not null") if key is string else "true" }} then 1 end) as repeated_count,
        {{ ("sum(case when " ~ columns ~ " is null then row_count end)") if key is string else "0" }} as null_count
    from (
        select
            {{ columns }},
            count(*) as row_count
        from {{ model }}
        {{ written_rows([key] if key is string else key) }}
        group by {{ columns }}
    ) as grouped
),
{% endfor %}

    {% if others %}
nulls as (
    select
        {% for column in others %}
        count(case when {{ column }} is null then 1 end) as {{ column }}_count {{- "," if not loop.last }}
        {% endfor %}
    from {{ model }}
    {{ written_rows(found_by) }}
),
{% endif %}

counted as (
    {% for key in unique %}
    {%- set columns = key if key is string else key | join(', ') %}
    select 'unique' as rule, '{{ columns }}' as columns, repeated_count as failing_count
    from key_{{ loop.index }}
    {% if key in not_null %}
    union all
    select 'not_null' as rule, '{{ columns }}' as columns, null_count as failing_count
    from key_{{ loop.index }}
    {% endif %}
    {{ "union all" if not loop.last or others }}
    {% endfor %}
{% for column in others %}
    select 'not_null' as rule, '{{ column }}' as columns, {{ column }}_count as failing_count
    from nulls
    {{ "union all" if not loop.last }}
    {% endfor %}
)

select * from counted
where failing_count > 0
{% endtest %}
