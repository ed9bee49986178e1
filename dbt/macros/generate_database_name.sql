{# The database of a model. What is not published is in the work database, so that publishing copies a file. #}
{% macro duckdb__generate_database_name(custom_database_name, node) -%}
    {{ "work" if node.resource_type == "model" and node.fqn[1] in ("staging", "intermediate") else target.database }}
{%- endmacro %}
