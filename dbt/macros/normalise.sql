{# Text as it is compared: case, accents and everything but letters, digits and currency signs folded away. #}
{% macro normalise_text(text) -%}
    trim({{ replace_pattern("lower(" ~ strip_accents(text) ~ ")", "[^a-z0-9£$€%]+", " ") }})
{%- endmacro %}


{# Whether two texts say the same, whatever became of their markup and spaces: equal hashes say so. #}
{% macro wording_hash(text) -%}
    md5(replace({{ normalise_text(text) }}, ' ', ''))
{%- endmacro %}


{# A label (seat, party, department) as it is compared: "St. Ives & Hayle" is "st ives and hayle". #}
{% macro normalise_label(text) -%}
    {{ normalise_text("replace(replace(replace(" ~ text ~ ", '&', ' and '), '''', ''), '’', '')") }}
{%- endmacro %}


{#
    A person's name as it is compared: without titles before it and letters after it. "Rt Hon Sir Ed Davey MP" is
    "ed davey"; a peer's rank is part of the name and stays.
#}
{% macro normalise_name(text) -%}
    {% set titles = "rt|right|hon|honourable|mr|mrs|ms|miss|mx|dr|sir|dame|prof|professor|rev|reverend|the" %}
    {% set letters = "mp|kc|qc|kcb|cb|kbe|dbe|cbe|obe|mbe|frs|td|pc" %}
    nullif(trim({{ replace_pattern(
        replace_pattern(normalise_label(text), "^((" ~ titles ~ ") )+", ""), "( (" ~ letters ~ "))+$", ""
    ) }}), '')
{%- endmacro %}


{# A seat as it is compared; null for what the Lords print in its place ("Life peer", "Bishops"). #}
{% macro normalise_seat(text) -%}
    case
        when
            lower({{ text }}) like '%peer%' or lower({{ text }}) like '%hereditary%' or lower({{ text }}) like '%bishop%'
            then cast(null as string)
        else nullif({{ normalise_label(text) }}, '')
    end
{%- endmacro %}


{#
    A programme's name as it is compared: without an article before it and an abbreviation in brackets, and however it
    is hyphenated. "The Catch-Up (CU) Fund" and "catch up fund" are both "catchupfund".
#}
{% macro normalise_programme(text) -%}
    nullif(replace({{ replace_pattern(
        normalise_label(replace_pattern(text, "[(][^)]*[)]", " ")), "^((the|our|its|this|a|an|new) )+", ""
    ) }}, ' ', ''), '')
{%- endmacro %}


{#
    A question's or heading's words as they are searched for topics: without the list marks ("(a)", "(iv)") that stand
    in the middle of phrases, and without "To ask the Secretary of State for …" before what is asked, because an
    office's name is not what a question is about.
#}
{% macro normalise_subject(text) -%}
    {% set begins = "what|whether|how|if|when|where|which|who|why|will|can|does|has|is|are|on|in|pursuant|further|following|with" %}
    {{ replace_pattern(
        normalise_label(replace_pattern(text, "[(][a-z]{1,4}[)]", " ")),
        "^to ask .{1,200}? (" ~ begins ~ ") ",
        ""
    ) }}
{%- endmacro %}
