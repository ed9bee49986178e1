{#
    The statements that make a table equal to the result of its query and write only the rows that differ. If the query
    gave the rows of some units (see `affected_units`), only the rows that are held of these are compared. The keys of
    what is written and deleted go to the model's table in the schema `changes`.

    Of the table, DuckDB reads only the blocks that have one of a few rowids, but all columns of all rows to find a few
    keys. So the rowids are looked up first.

    A transaction may write to one database only, and marts are in another than `changes`. The keys are written first,
    and that the model was built is noted last: if the process is killed between, its units are computed again.
#}
{% macro reconcile() %}
    {%- set found = run_query(
        "select schema_name = 'affected', column_name from duckdb_columns()
        where (database_name, schema_name, table_name) in (
            ('" ~ this.database ~ "', '" ~ this.schema ~ "', '" ~ this.identifier ~ "'),
            ('work', 'affected', '" ~ model.name ~ "')
        ) order by column_index"
    ).rows -%}
    {%- set held = found | rejectattr(0) | map(attribute=1) | list -%}
    {%- set affected = found | selectattr(0) | map(attribute=1) | list -%}
    {%- set columns = held | join(", ") -%}
    {%- set keys = changed_keys(held) | join(", ") -%}

    create or replace temp table due as ({{ compiled_code }});

    create or replace temp table held_before as
    select
        rowid as held_rowid,
        {{ keys ~ "," if keys }}
        hash({{ columns }}) as row_hash
    from {{ this }}
    {{ "where rowid in (select rowid from " ~ this ~ " where " ~ affected[0] ~ " in (from work.affected." ~ model.name ~ "))"
        if affected }};

    create or replace temp table gone as
    from held_before where row_hash not in (select hash({{ columns }}) from due);

    create or replace temp table fresh as
    from due where hash({{ columns }}) not in (select row_hash from held_before);

    create table if not exists work.changes.{{ model.name }} as
    select
        {{ keys ~ "," if keys }}
        0::bigint as step
    from fresh limit 0;

    insert into work.changes.{{ model.name }}
    select {{ keys ~ "," if keys }} nextval('work.changes.step') from (
        select {{ keys or "1" }} from gone union select {{ keys or "1" }} from fresh
    );
    {{ end_transaction() }}

    delete from {{ this }} where rowid in (select held_rowid from gone);
    insert into {{ this }} by name from fresh;
    {{ end_transaction() }}

    insert into work.changes.built
    select '{{ model.name }}', nextval('work.changes.step'), '{{ invocation_id }}', false;
    {{ end_transaction() }}

    drop table held_before;
    drop table gone;
    drop table fresh;
    drop table due
{% endmacro %}


{# Of the names of columns, those by which a changed row is found again, in its table and in what is made of it. #}
{% macro changed_keys(columns) -%}
    {%- set primary = model.constraints | selectattr("type", "equalto", "primary_key") | list -%}
    {%- set keys = [] -%}
    {%- for column in columns -%}
        {%- if column.endswith(("_key", "_id", "_hash", "_on")) or (primary and column in primary[0].columns) -%}
            {%- do keys.append(column) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(keys) -%}
{%- endmacro %}
