{# Where an answer says what it does: its first words; those that follow may speak of anything. #}
{% macro opening_words(words) -%}
    substr({{ words }}, 1, 250)
{%- endmacro %}


{# The beginning and the end of an answer, where its substance stands; a short answer is both. #}
{% macro edge_words(words) -%}
    case
        when length({{ words }}) <= 450 then {{ words }}
        else substr({{ words }}, 1, 300) || ' | ' || substr({{ words }}, -150)
    end
{%- endmacro %}
