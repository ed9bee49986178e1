{# How alike two lists without repeats are. #}


{# The number of elements that either list has. #}
{% macro total_count(one, other) -%}
    ({{ list_length(one) }} + {{ list_length(other) }} - {{ list_length(list_shared(one, other)) }})
{%- endmacro %}


{# The number of elements that only one of the lists has. #}
{% macro changed_count(one, other) -%}
    ({{ total_count(one, other) }} - {{ list_length(list_shared(one, other)) }})
{%- endmacro %}


{# The share of the elements of either list that both have (Jaccard), from 0 to 1; null if neither has any. #}
{% macro shared_share(one, other) -%}
    cast({{ list_length(list_shared(one, other)) }} as double) / nullif({{ total_count(one, other) }}, 0)
{%- endmacro %}


{# Whether each of two texts has an element that is not among the words of the other, as when one name stands for
another. #}
{% macro is_exchanged(one, words_of_one, other, words_of_other) -%}
    (
        {{ list_length(list_shared(one, words_of_other)) }} < {{ list_length(one) }}
        and {{ list_length(list_shared(other, words_of_one)) }} < {{ list_length(other) }}
    )
{%- endmacro %}


{# Whether two texts have so much in common that they can say the same. Two short texts need half of it. One of two longer
texts may say a little more than the other. #}
{% macro is_mostly_shared(one, other) -%}
    case
        when greatest({{ list_length(one) }}, {{ list_length(other) }}) < 30
            then {{ shared_share(one, other) }} >= 0.5
        when {{ list_length(list_shared(one, other)) }} >= 0.93 * least({{ list_length(one) }}, {{ list_length(other) }})
            then {{ shared_share(one, other) }} >= 0.7
        else {{ shared_share(one, other) }} >= 0.79
    end
{%- endmacro %}
