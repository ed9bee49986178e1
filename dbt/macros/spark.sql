{# What dbt-spark does not do for the seeds and contracts of this project. #}


{# Insert the rows of a seed. dbt-spark writes a quotation mark and an empty field as they are, which ends the text. #}
{% macro spark__load_csv_rows(model, agate_table) -%}
    {%- set types = model['config'].get('column_types', {}) -%}
    {%- for rows in agate_table.rows | batch(1000) -%}
        {%- set insert -%}
            insert into {{ this }} values
            {% for row in rows -%}
            (
                {%- for value in row -%}
                cast({{ spark_literal(value) }} as {{ types[agate_table.column_names[loop.index0]] }}) {{- ", " if not loop.last }}
                {%- endfor -%}
            ) {{- ", " if not loop.last }}
            {% endfor %}
        {%- endset -%}
        {%- do adapter.add_query(insert, abridge_sql_log=True) -%}
    {%- endfor -%}
    {{ return("insert into " ~ this) }}
{%- endmacro %}


{% macro spark_literal(value) -%}
    {%- if value is none -%} null
    {%- else -%} '{{ value | string | replace("\\", "\\\\") | replace("'", "\\'") }}'
    {%- endif -%}
{%- endmacro %}


{# A cast. Spark's `timestamp` is the type that contracts call `timestamptz`: a moment. #}
{% macro spark__cast(field, type) -%}
    cast({{ field }} as {{ "timestamp" if type == "timestamptz" else type }})
{%- endmacro %}
