{#
    The public page of a debate: https://hansard.parliament.uk/Commons/2024-11-12/debates/<id>/Tides. The id decides; the
    title is for people to read. Null unless House, day and id are known.
#}
{% macro debate_url(house, debated_on, debate_id, title) -%}
    'https://hansard.parliament.uk/' || {{ house }} || '/' || cast({{ debated_on }} as string) || '/debates/' || {{ debate_id }}
    || '/' || coalesce({{ replace_pattern(title, "[^A-Za-z0-9]+", "") }}, '')
{%- endmacro %}
