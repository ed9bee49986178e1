{# How a row is cited: the address of its public page, and a reference that can be pasted into a text. #}

{#
    The page of a written question or written statement, for example
    https://questions-statements.parliament.uk/written-questions/detail/2024-11-12/12345. Null unless day and number are
    known.
#}
{% macro question_page(part, day, uin) -%}
    'https://questions-statements.parliament.uk/{{ part }}/detail/' || cast({{ day }} as string) || '/'
    || lower({{ uin }})
{%- endmacro %}


{#
    A reference to a written question, its answer or a written statement in the form that the Commons Library uses:
    PQ 12345 [on Police: Finance], 12 November 2024. Null unless day and number are known.
#}
{% macro cite_numbered(prefix, uin, heading, day) -%}
    {{ prefix }} || {{ uin }} || coalesce(' [on ' || {{ heading }} || ']', '') || ', ' || {{ long_date(day) }}
{%- endmacro %}


{#
    A reference to a debate in the form that the Commons Library uses: HC Deb 12 November 2024 [Police: Finance]. Null
    unless House and day are known.
#}
{% macro cite_debate(house, day, title) -%}
    case {{ house }} when 'Commons' then 'HC' when 'Lords' then 'HL' end || ' Deb ' || {{ long_date(day) }}
    || coalesce(' [' || {{ title }} || ']', '')
{%- endmacro %}


{# A reference to a page that is published on the web: Title, Publisher, 12 November 2024. #}
{% macro cite_page(title, publisher, day) -%}
    {{ title }} || coalesce(', ' || {{ publisher }}, '') || ', ' || {{ long_date(day) }}
{%- endmacro %}


{# The page of a member of either House; null for a person whom the register does not know. #}
{% macro member_page(member_id) -%}
    'https://members.parliament.uk/member/' || cast({{ member_id }} as string) || '/contact'
{%- endmacro %}
