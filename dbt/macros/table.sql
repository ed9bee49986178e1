{#
    Make a table in its place, in one transaction. It takes the place of dbt-duckdb's materialization, which makes the
    table under another name, renames the former table and the new one, and drops the former: a sixth of a build's time.
    It does so for readers, and the build database has none.
#}
{% materialization table, adapter="duckdb" %}
    {%- set former = load_cached_relation(this) -%}
    {%- set table = this.incorporate(type="table") -%}

    {{ run_hooks(pre_hooks) }}
    {% call statement("main") %}
        {% if former is not none %} drop {{ former.type }} {{ former }}; {% endif %}
        {{ create_table_as(False, table, compiled_code) }}
    {% endcall %}
    {% do persist_docs(table, model) %}
    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}

    {{ return({"relations": [table]}) }}
{% endmaterialization %}
