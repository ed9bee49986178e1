{# All rows of several models that have the same columns in the same order. #}
{% macro union_all(models) -%}
    {%- for model in models %}
    select * from {{ ref(model) }}
    {{- " union all" if not loop.last }}
    {%- endfor %}
{%- endmacro %}
