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


{# How many elements two lists share, if it is this share of the elements of either list. #}
{% macro needed_count(of_both, share) -%}
    cast({{ share }} as double) * ({{ of_both }}) / cast({{ 1 + share }} as double)
{%- endmacro %}


{# Whether two texts have so much in common that they can say the same: of what either has, two short texts share half,
and two longer ones 79 in 100. A longer text that has 93 in 100 of the shorter one may say more: they share 70 in 100.

The shares are turned into the number of elements that must be shared, so that the lists are compared once. #}
{% macro is_mostly_shared(one, other) -%}
    {%- set of_both = list_length(one) ~ ' + ' ~ list_length(other) -%}
    {{ list_length(list_shared(one, other)) }} >= round(
        case
            when {{ of_both }} = 0 then null
            when greatest({{ list_length(one) }}, {{ list_length(other) }}) < 30 then {{ needed_count(of_both, 0.5) }}
            else least(
                {{ needed_count(of_both, 0.79) }},
                greatest(
                    {{ needed_count(of_both, 0.7) }},
                    0.93 * least({{ list_length(one) }}, {{ list_length(other) }})
                )
            )
        end, 6
    )
{%- endmacro %}
