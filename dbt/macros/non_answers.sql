{# The first words of an answer, which say what it does. Later words can be about anything. #}
{% macro opening_words(words) -%}
    substr({{ words }}, 1, 250)
{%- endmacro %}


{# The beginning and the end of an answer, which have its substance. A short answer is used whole. #}
{% macro edge_words(words) -%}
    case
        when length({{ words }}) <= 450 then {{ words }}
        else substr({{ words }}, 1, 300) || ' | ' || substr({{ words }}, -150)
    end
{%- endmacro %}
