{#
    How DuckDB makes the models. These materializations take the place of dbt-duckdb's, which make a relation under
    another name, rename the former one and the new one, and drop the former. They do so for readers, and the build
    database has none. They also ask for the columns of each relation up to five times. A changed project is built from
    nothing, so the contract of a view, or of a table that is kept, is checked only then.
#}


{# Make a table in its place, in one transaction. #}
{% materialization table, adapter="duckdb" %}
    {%- set table = this.incorporate(type="table") -%}
    {{ run_hooks(pre_hooks) }}
    {% call statement("main") %}{{ replace_table() }}{% endcall %}
    {% do persist_docs(table, model) %}
    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}
    {{ return({"relations": [table]}) }}
{% endmaterialization %}


{# Make a view in its place. #}
{% materialization view, adapter="duckdb" %}
    {%- set view = this.incorporate(type="view") -%}
    {%- set is_new = load_cached_relation(this) is none or should_full_refresh() -%}
    {{ run_hooks(pre_hooks) }}
    {% call statement("main") %}
        {% if is_new %}
            {{ drop_former() }}
            {{ create_view_as(view, compiled_code) }}
        {% else %}
            create or replace view {{ view }} as ({{ compiled_code }})
        {% endif %}
    {% endcall %}
    {% do persist_docs(view, model) %}
    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}
    {{ return({"relations": [view]}) }}
{% endmaterialization %}


{# Make a table, or write the rows that differ into the one that is there, and note that it was built. #}
{% materialization incremental, adapter="duckdb" %}
    {%- set table = this.incorporate(type="table") -%}
    {{ run_hooks(pre_hooks) }}
    {% if is_incremental() %}
        {% call statement("main") %}{{ reconcile() }}{% endcall %}
    {% else %}
        {% call statement("main") %}{{ replace_table() }}{% endcall %}
        {% do persist_docs(table, model) %}
        {% call statement("note_build") %}{{ note_whole_build() }}{% endcall %}
    {% endif %}
    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}
    {{ return({"relations": [table]}) }}
{% endmaterialization %}


{# The statements that drop the relation that has the name of the model, and make its table. #}
{% macro replace_table() -%}
    {{ drop_former() }}
    {{ create_table_as(False, this.incorporate(type="table"), compiled_code) }}
{%- endmacro %}


{#
    The columns of a table with a contract. Its primary key is not a constraint of the table, because DuckDB's index of it
    takes longer than the rows, and several times their space. The audit checks that the key is unique. Its columns
    are never null.
#}
{% macro duckdb__get_table_columns_and_constraints() -%}
    {%- set key = model.constraints | selectattr("type", "equalto", "primary_key") | map(attribute="columns") | first -%}
    (
        {%- for column in adapter.render_raw_columns_constraints(raw_columns=model.columns) %}
        {{ column }}{{ " not null" if column.split(" ") | first in (key or []) }}{{ "," if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}


{# The statement that drops the relation that has the name of the model, if there is one. #}
{% macro drop_former() -%}
    {%- set former = load_cached_relation(this) -%}
    {%- if former is not none %}drop {{ former.type }} {{ former }};{% endif -%}
{%- endmacro %}


{# The comments on the columns of a relation. The columns that are described are those that it has. #}
{% macro duckdb__alter_column_comment(relation, column_dict) -%}
    {%- for name, column in column_dict.items() %}
        comment on column {{ relation }}.{{ name }} is {{ duckdb_escape_comment(column.description) }};
    {%- endfor -%}
{%- endmacro %}
