{#
    Which rows of a model a build must compute again, and which rows it changed.

    A model that is incremental keeps what it holds and writes only the rows that differ (`reconcile.sql`). The schema
    `changes` of the work database has a table for each, with the keys of the rows that were written or deleted, and
    these tables for all:

    - `changes.step` counts the models that were built, in order.
    - `changes.built` has a row for each time a model was built. The step of a model's last row says what it has seen:
      whatever its parents changed at a later step is new to it.
    - `changes.input` has what a parent that is read whole looked like when its child was built.
    - `changes.anew` names the models that this run computed anew, and the parent for which it did.

    A model that is built from nothing is new as a whole, and whatever follows it is computed anew.
#}


{# The materialization of a model whose changed rows are tracked. Spark has no such tables: there it is made anew. #}
{% macro tracked_table() -%}
    {{ adapter.dispatch('tracked_table')() }}
{%- endmacro %}


{% macro default__tracked_table() -%}
    incremental
{%- endmacro %}


{% macro spark__tracked_table() -%}
    table
{%- endmacro %}


{#
    The condition that leaves the rows of the affected units, for the imports of a model that has the column `unit`; or
    nothing, if every row must be computed.

    `follows` says which units a changed row of a parent affects: the column of the parent that has the unit; or the way
    there, a list of a column of the parent, a relation that has the column too (`relation.column` if it has another name
    there), a column of that relation, and so on to the column that has the unit, which may be left out if it is named
    like it. Rows of records and documents change with their document. A parent that `follows` does not name is read
    whole: if any of its rows is another than when the model was last built, the model is computed anew.
#}
{% macro affected_units(unit, follows) -%}
    {{ adapter.dispatch('affected_units')(unit, follows) }}
{%- endmacro %}


{% macro spark__affected_units(unit, follows) -%}
{%- endmacro %}


{% macro default__affected_units(unit, follows) -%}
    {%- if execute and flags.WHICH in ('build', 'run') and config.get('materialized') == 'incremental' -%}
        {%- do remember_inputs(follows) -%}
        {%- set reason = reason_to_begin_anew(follows) if is_incremental() else 'new' -%}
        {%- if reason -%}
            {%- do run_query("drop table if exists work.affected." ~ model.name) -%}
            {%- if reason != 'new' -%}
                {%- do run_query("insert into work.changes.anew values ('" ~ model.name ~ "', '" ~ reason ~ "')") -%}
            {%- endif -%}
        {%- else -%}
            {%- do run_query(affected_units_table(unit, follows)) -%}
            where {{ unit }} in (select {{ unit }} from work.affected.{{ model.name }})
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}


{# The condition that leaves the rows that share a column's value with an affected row of a relation; or nothing. #}
{% macro sharing(column, relation, of_affected) -%}
    {%- if of_affected -%}
        where {{ column }} in (select {{ column }} from {{ ref(relation) }} {{ of_affected }})
    {%- endif -%}
{%- endmacro %}


{# The same condition for a relation in which the units have another name. #}
{% macro renamed(of_affected, column) -%}
    {%- if of_affected -%}
        where {{ column }} in ({{ of_affected.split(' in (')[1] }}
    {%- endif -%}
{%- endmacro %}


{# Create the schemas and tables of changes; at the start of a run. #}
{% macro prepare_changes() -%}
    {{ adapter.dispatch('prepare_changes')() }}
{%- endmacro %}


{% macro spark__prepare_changes() -%}
{%- endmacro %}


{% macro default__prepare_changes() -%}
    create schema if not exists work.changes;
    create schema if not exists work.affected;
    create sequence if not exists work.changes.step;
    create table if not exists work.changes.built (
        model_name varchar, step bigint, invocation_id varchar, is_whole boolean
    );
    create table if not exists work.changes.input (
        model_name varchar, parent_name varchar, fingerprint varchar, invocation_id varchar
    );
    create or replace table work.changes.anew (model_name varchar, parent_name varchar);
{%- endmacro %}


{#
    The statements that note that a model was built from nothing, so that all of its rows are new. A transaction may write
    to one database only, so that of the model ends before.
#}
{% macro note_whole_build() -%}
    {{ end_transaction() }}
    drop table if exists work.changes.{{ model.name }};
    insert into work.changes.built
    values ('{{ model.name }}', nextval('work.changes.step'), '{{ invocation_id }}', true)
{%- endmacro %}


{# End the transaction and begin another, which may write to another database. #}
{% macro end_transaction() -%}
    commit; begin transaction;
{%- endmacro %}


{# The tracked model whose rows change with those of a parent: records and documents change with their document. #}
{% macro tracked(parent) -%}
    {%- set is_of_document = parent.startswith('stg_records__') or parent == 'stg_landing__document' -%}
    {%- do return('stg_landing__document_source' if is_of_document else parent) -%}
{%- endmacro %}


{# The step at which the model that is being built was last built. #}
{% macro last_step() -%}
    (select max(step) from work.changes.built where model_name = '{{ model.name }}')
{%- endmacro %}


{# Write down what the parents that are read whole look like now. It counts once the model is built. #}
{% macro remember_inputs(follows) -%}
    {%- set looks = [] -%}
    {%- for parent in whole_parents(follows) -%}
        {%- do looks.append(
            "select '" ~ model.name ~ "', '" ~ parent ~ "', count(*) || ' ' || coalesce(sum(hash(parent)), 0), '"
            ~ invocation_id ~ "' from " ~ ref(parent) ~ " as parent"
        ) -%}
    {%- endfor -%}
    {%- if looks -%}
        {%- do run_query("insert into work.changes.input " ~ looks | join(" union all ")) -%}
    {%- endif -%}
{%- endmacro %}


{# The names of the parents that `follows` does not name. #}
{% macro whole_parents(follows) -%}
    {%- set names = [] -%}
    {%- for node in model.depends_on.nodes -%}
        {%- set name = node.split('.')[-1] -%}
        {%- if name not in follows and name not in names -%}
            {%- if tracked(name) != name or node.startswith('source.') -%}
                {%- do exceptions.raise_compiler_error(model.name ~ " must say what a change of " ~ name ~ " affects.") -%}
            {%- endif -%}
            {%- do names.append(name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(names) -%}
{%- endmacro %}


{# The first parent for which the model must be computed anew; nothing if its changed rows say what is affected. #}
{% macro reason_to_begin_anew(follows) -%}
    {%- set followed = [] -%}
    {%- for parent in follows -%}
        {%- do followed.append(tracked(parent)) -%}
    {%- endfor -%}
    {%- set changed = run_query(
        "with built as (select * from work.changes.built where model_name = '" ~ model.name ~ "'),
        seen as (
            select parent_name, arg_max(fingerprint, step) as fingerprint
            from work.changes.input inner join built using (model_name, invocation_id)
            group by parent_name
        )
        select parent_name from work.changes.input left join seen using (parent_name)
        where model_name = '" ~ model.name ~ "' and invocation_id = '" ~ invocation_id ~ "'
            and input.fingerprint is distinct from seen.fingerprint
        union all
        select model_name from work.changes.built
        where is_whole and step > coalesce((select max(step) from built), 0)
            and model_name in ('" ~ followed | join("', '") ~ "')
        order by 1"
    ).columns[0].values() -%}
    {%- do return(changed[0] if changed else '') -%}
{%- endmacro %}


{# The statement that writes the affected units of a model into a table of the schema `affected`. #}
{% macro affected_units_table(unit, follows) -%}
    create or replace table work.affected.{{ model.name }} as
    select distinct unit as {{ unit }} from (
        {% for parent, ways in follows.items() %}
            {% for way in ([[ways]] if ways is string else [ways] if ways[0] is string else ways) %}
                {{ units_of_changed_rows(parent, way, unit) }}
                {{ "union all" if not loop.last }}
            {% endfor %}
            {{ "union all" if not loop.last }}
        {% endfor %}
    ) where unit is not null
{%- endmacro %}


{# From the changed rows of a parent, along columns and relations, to the units. #}
{% macro units_of_changed_rows(parent, way, unit) -%}
    {%- set found = namespace(sql="select " ~ way[0] ~ " as unit from work.changes." ~ tracked(parent)
        ~ " where step > " ~ last_step()) -%}
    {%- for relation in way[1::2] -%}
        {%- set name, _, matched = relation.partition('.') -%}
        {%- set found.sql = "select " ~ (way[2 * loop.index] or unit) ~ " as unit from " ~ ref(name) ~ " where "
            ~ (matched or way[2 * loop.index0]) ~ " in (" ~ found.sql ~ ")" -%}
    {%- endfor -%}
    {{ found.sql }}
{%- endmacro %}


{#
    The condition that leaves, of the table of a test, the rows that share a value of the first of these columns that it
    can with a row that was written since the last audit that passed; or nothing, if every row must be checked. A row
    that lacks the value is left too. Records are written with their document.
#}
{% macro written_rows(columns) -%}
    {{ adapter.dispatch('written_rows')(columns) }}
{%- endmacro %}


{% macro spark__written_rows(columns) -%}
{%- endmacro %}


{% macro default__written_rows(columns) -%}
    {%- set tested = graph.nodes[model.attached_node] if execute and model.attached_node else {'name': '', 'config': {}} -%}
    {%- set name = tracked(tested.name) -%}
    {%- if flags.WHICH in ('build', 'test') and (name != tested.name or tested.config.materialized == 'incremental') -%}
        {%- set found = run_query(
            "select is_tracked, column_name
            from (
                select not bool_or(is_whole) as is_tracked from work.changes.built where model_name = '" ~ name ~ "'
            ) left join (
                select column_name from duckdb_columns() where schema_name = 'changes' and table_name = '" ~ name ~ "'
            ) on true"
        ).rows -%}
        {%- set held = found | map(attribute=1) | select | list -%}
        {%- set shared = columns | select('in', held) | list -%}
        {%- if found[0][0] and not held -%}
            where false
        {%- elif found[0][0] and shared -%}
            where {{ shared[0] }} in (select {{ shared[0] }} from work.changes.{{ name }}) or {{ shared[0] }} is null
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
