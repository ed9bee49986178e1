{# Text as it is compared: case, accents and everything but letters, digits and currency signs folded away. #}
{% macro normalise_text(text) -%}
    {{ words_of("lower(" ~ strip_accents(text) ~ ")", "a-z0-9£$€%") }}
{%- endmacro %}


{#
    A text with one space in place of all characters between those of a class. Most of them are single spaces already,
    which the pattern does not match: that takes half of the time.
#}
{% macro words_of(text, characters) -%}
    {%- set between = " *[^ " ~ characters ~ "][^" ~ characters ~ "]*|  +" -%}
    trim({{ replace_pattern(text, between, " ") }})
{%- endmacro %}


{# A hash that is equal for texts that differ only in markup, spaces, case and punctuation. #}
{% macro wording_hash(text) -%}
    md5(replace({{ normalise_text(text) }}, ' ', ''))
{%- endmacro %}


{# A label (seat, party, department) as it is compared: "St. Ives & Hayle" is "st ives and hayle". #}
{% macro normalise_label(text) -%}
    {{ normalise_text("replace(replace(replace(" ~ text ~ ", '&', ' and '), '''', ''), '’', '')") }}
{%- endmacro %}


{#
    A person's name as it is compared: without titles before it, letters after it and initials in its middle. "Rt Hon
    Sir Ed J. Davey MP" is "ed davey"; a peer's rank is part of the name and stays; a "Lord Bishop" is a "bishop".
#}
{% macro normalise_name(text) -%}
    {% set titles = "rt|right|hon|honourable|mr|mrs|ms|miss|mx|dr|sir|dame|prof|professor|rev|revd|reverend|most|very"
        ~ "|canon|captain|major|colonel|lieutenant|commander|the" %}
    {% set letters = "mp|msp|mla|kc|qc|kg|kt|ch|gcb|kcb|cb|gbe|kbe|dbe|cbe|obe|mbe|cmg|cvo|frs|fba|td|dl|pc" %}
    {% set untitled = replace_pattern(normalise_label(text), "^((" ~ titles ~ ") )+", "") %}
    {% set bare = replace_pattern(untitled, "( (" ~ letters ~ "))+$", "") %}
    nullif(trim({{ replace_pattern(
        replace_pattern(bare, "( [a-np-z])+ ", " "), "^lord (bishop|archbishop) ", "bishop "
    ) }}), '')
{%- endmacro %}


{# A post in government as it is compared: "The Lord Chancellor, and Secretary of State for Justice" without the article. #}
{% macro normalise_post(text) -%}
    nullif({{ replace_pattern(
        replace_pattern(normalise_label("replace(" ~ text ~ ", ',', ' and ')"), "^(the|his majestys|her majestys) ", ""),
        "( and)+ ", " and "
    ) }}, '')
{%- endmacro %}


{# A seat as it is compared, without an article; null for what the Lords print in its place ("Life peer", "Bishops"). #}
{% macro normalise_seat(text) -%}
    case
        when
            lower({{ text }}) like '%peer%' or lower({{ text }}) like '%hereditary%' or lower({{ text }}) = 'bishops'
            then cast(null as string)
        else nullif({{ replace_pattern(normalise_label(text), "^the ", "") }}, '')
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
    A question's wording as it is compared: as `normalise_text`, but a hyphen within a word counts, because two questions
    of one member may differ in nothing else ("high risk", "high-risk").
#}
{% macro normalise_wording(text) -%}
    trim({{ replace_pattern(
        words_of("lower(" ~ strip_accents("replace(replace(" ~ text ~ ", '‑', '-'), '‐', '-')") ~ ")", "a-z0-9£$€%-"),
        "( -+)|(-+ )", " "
    ) }})
{%- endmacro %}


{# The code and each label of what a seed lists with `name` and `abbreviation`, and another seed with `alias`. #}
{% macro seeded_labels(code, seed, aliases) -%}
    {%- for text, relation in [("name", seed), ("abbreviation", seed), ("alias", aliases)] %}
    select
        {{ code }},
        {{ normalise_label(text) }} as label
    from {{ relation }}
    where {{ text }} is not null
    {{- " union" if not loop.last }}
    {%- endfor %}
{%- endmacro %}
