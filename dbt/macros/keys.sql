{# A key: the md5, in hex, of the parts of a natural key. A part that is null counts as empty text. #}
{% macro surrogate_key(parts) -%}
    md5(
        {%- for part in parts %}
        coalesce(cast({{ part }} as string), '')
        {%- if not loop.last %} || '|' ||{% endif %}
        {%- endfor %}
    )
{%- endmacro %}


{#
    The column's value; where it is null, the value that all other rows of the same `parts` have, if they agree on one.
#}
{% macro adopt(column, parts) -%}
    coalesce(
        {{ column }},
        case
            when
                min({{ column }}) over (partition by {{ parts | join(', ') }})
                = max({{ column }}) over (partition by {{ parts | join(', ') }})
                then min({{ column }}) over (partition by {{ parts | join(', ') }})
        end
    )
{%- endmacro %}
