{#
    The incremental strategy of the marts: make the table equal to the result of its query, and write only the rows that
    differ. Rows are matched by the primary key of the model's contract. An unchanged row is not written.
#}
{% macro get_incremental_reconcile_sql(arguments) %}
    {%- set columns = arguments["dest_columns"] | map(attribute="quoted") | list -%}
    {%- set constraints = model.get("constraints", []) | selectattr("type", "equalto", "primary_key") | list -%}
    {%- if not constraints -%}
        {{ exceptions.raise_compiler_error(model.name ~ " has no primary key in its contract, so it cannot be reconciled.") }}
    {%- endif -%}

    merge into {{ arguments["target_relation"] }} as held
    using {{ arguments["temp_relation"] }} as due
    on {% for column in constraints[0]["columns"] %}held.{{ column }} = due.{{ column }}{{ " and " if not loop.last }}{% endfor %}
    when matched and (
        {% for column in columns %}held.{{ column }} is distinct from due.{{ column }}{{ " or " if not loop.last }}{% endfor %}
    ) then update by name
    when not matched then insert by name
    when not matched by source then delete
{% endmacro %}
