{#
    Columns in `not_null` have a value in every row. A column in `unique`, unless null, has another value in every row,
    and so has a list of columns there another combination.

    One query checks all rules of a table, because each test costs dbt about as much as a small model. The query gives
    the rules that are broken, by which `warehouse/rules.py` names each of them.
#}
{% test well_formed(model, not_null=[], unique=[]) %}
{{ config(fail_calc='coalesce(sum(failing_count), 0)') }}
with counted as (
    {% for key in not_null + unique %}
    {%- set rule = 'not_null' if loop.index <= not_null | length else 'unique' %}
    {%- set columns = key if key is string else key | join(', ') %}
    select '{{ rule }}' as rule, '{{ columns }}' as columns, count(*) as failing_count
    from (
        select 1 as one
        from {{ model }}
        {% if rule == 'not_null' %}
        where {{ columns }} is null
        {% else %}
        {{ "where " ~ columns ~ " is not null" if key is string }}
        group by {{ columns }}
        having count(*) > 1
        {% endif %}
    ) as failing
    {{ "union all" if not loop.last }}
    {% endfor %}
)

select * from counted
where failing_count > 0
{% endtest %}
