{#
    The names of a group as one text, the first ten in order, and how many more there are. `rank` is each name's dense
    rank in its group, nulls last.
#}
{% macro join_names(name, rank) -%}
    nullif(
        {{ join_distinct("case when " ~ rank ~ " <= 10 then " ~ name ~ " end") }}
        || case
            when count(distinct {{ name }}) > 10
                then '; and ' || cast(count(distinct {{ name }}) - 10 as string) || ' more'
            else ''
        end,
        ''
    )
{%- endmacro %}
