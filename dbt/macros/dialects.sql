{# The differences between DuckDB and Spark. Models call these macros, so that they are the same for both. #}

{# One row for each element of a list; a row whose list is empty or null is left out. #}
{% macro explode(list) -%}
    {{ adapter.dispatch('explode')(list) }}
{%- endmacro %}

{% macro default__explode(list) -%}
    unnest({{ list }})
{%- endmacro %}

{% macro spark__explode(list) -%}
    explode({{ list }})
{%- endmacro %}


{# The number of elements of a list; null when it is null. #}
{% macro list_length(list) -%}
    {{ adapter.dispatch('list_length')(list) }}
{%- endmacro %}

{% macro default__list_length(list) -%}
    len({{ list }})
{%- endmacro %}

{% macro spark__list_length(list) -%}
    cast(case when {{ list }} is not null then size({{ list }}) end as bigint)
{%- endmacro %}


{# Every day from one date to another, both inclusive, as rows. #}
{% macro explode_days(first_on, last_on) -%}
    {{ adapter.dispatch('explode_days')(first_on, last_on) }}
{%- endmacro %}

{% macro default__explode_days(first_on, last_on) -%}
    cast(unnest(generate_series({{ first_on }}, {{ last_on }}, interval '1 day')) as date)
{%- endmacro %}

{% macro spark__explode_days(first_on, last_on) -%}
    explode(sequence({{ first_on }}, {{ last_on }}, interval 1 day))
{%- endmacro %}


{# Calendar days from one date to another. #}
{% macro days_between(first_on, last_on) -%}
    {{ adapter.dispatch('days_between')(first_on, last_on) }}
{%- endmacro %}

{% macro default__days_between(first_on, last_on) -%}
    date_diff('day', {{ first_on }}, {{ last_on }})
{%- endmacro %}

{% macro spark__days_between(first_on, last_on) -%}
    cast(datediff({{ last_on }}, {{ first_on }}) as bigint)
{%- endmacro %}


{# A date as people write it: 25 November 2024. #}
{% macro long_date(on) -%}
    {{ adapter.dispatch('long_date')(on) }}
{%- endmacro %}

{% macro default__long_date(on) -%}
    strftime({{ on }}, '%-d %B %Y')
{%- endmacro %}

{% macro spark__long_date(on) -%}
    date_format({{ on }}, 'd MMMM yyyy')
{%- endmacro %}


{# The day after a date. #}
{% macro day_after(on) -%}
    {{ adapter.dispatch('day_after')(on) }}
{%- endmacro %}

{% macro default__day_after(on) -%}
    ({{ on }} + 1)
{%- endmacro %}

{% macro spark__day_after(on) -%}
    date_add({{ on }}, 1)
{%- endmacro %}


{# The day before a date. #}
{% macro day_before(on) -%}
    {{ adapter.dispatch('day_before')(on) }}
{%- endmacro %}

{% macro default__day_before(on) -%}
    ({{ on }} - 1)
{%- endmacro %}

{% macro spark__day_before(on) -%}
    date_sub({{ on }}, 1)
{%- endmacro %}


{# The date in London at a moment, because Parliament's days are those of the United Kingdom. #}
{% macro london_date(at) -%}
    {{ adapter.dispatch('london_date')(at) }}
{%- endmacro %}

{% macro default__london_date(at) -%}
    cast(timezone('Europe/London', {{ at }}) as date)
{%- endmacro %}

{% macro spark__london_date(at) -%}
    to_date(from_utc_timestamp({{ at }}, 'Europe/London'))
{%- endmacro %}


{# Day of the week by ISO 8601: Monday is 1, Sunday 7. #}
{% macro iso_weekday(on) -%}
    {{ adapter.dispatch('iso_weekday')(on) }}
{%- endmacro %}

{% macro default__iso_weekday(on) -%}
    isodow({{ on }})
{%- endmacro %}

{% macro spark__iso_weekday(on) -%}
    cast(weekday({{ on }}) + 1 as bigint)
{%- endmacro %}


{# Every match of a regular expression replaced. Patterns keep to what RE2 and Java read alike, without backslashes. #}
{% macro replace_pattern(text, pattern, replacement) -%}
    {{ adapter.dispatch('replace_pattern')(text, pattern, replacement) }}
{%- endmacro %}

{% macro default__replace_pattern(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}

{% macro spark__replace_pattern(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}')
{%- endmacro %}


{#
    Letters without their accents; on Spark only those from A to Z, for whoever compares texts leaves out all others.
#}
{% macro strip_accents(text) -%}
    {{ adapter.dispatch('strip_accents')(text) }}
{%- endmacro %}

{% macro default__strip_accents(text) -%}
    strip_accents({{ text }})
{%- endmacro %}

{% macro spark__strip_accents(text) -%}
    {#- What Unicode composes of a letter and accents. -#}
    {%- set letters = {
        'A': 'ÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶÅ',
        'B': 'ḂḄḆ',
        'C': 'ÇĆĈĊČḈ',
        'D': 'ĎḊḌḎḐḒ',
        'E': 'ÈÉÊËĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ',
        'F': 'Ḟ',
        'G': 'ĜĞĠĢǦǴḠ',
        'H': 'ĤȞḢḤḦḨḪ',
        'I': 'ÌÍÎÏĨĪĬĮİǏȈȊḬḮỈỊ',
        'J': 'Ĵ',
        'K': 'ĶǨḰḲḴK',
        'L': 'ĹĻĽḶḸḺḼ',
        'M': 'ḾṀṂ',
        'N': 'ÑŃŅŇǸṄṆṈṊ',
        'O': 'ÒÓÔÕÖŌŎŐƠǑǪǬȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ',
        'P': 'ṔṖ',
        'R': 'ŔŖŘȐȒṘṚṜṞ',
        'S': 'ŚŜŞŠȘṠṢṤṦṨ',
        'T': 'ŢŤȚṪṬṮṰ',
        'U': 'ÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ',
        'V': 'ṼṾ',
        'W': 'ŴẀẂẄẆẈ',
        'X': 'ẊẌ',
        'Y': 'ÝŶŸȲẎỲỴỶỸ',
        'Z': 'ŹŻŽẐẒẔ',
        'a': 'àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ',
        'b': 'ḃḅḇ',
        'c': 'çćĉċčḉ',
        'd': 'ďḋḍḏḑḓ',
        'e': 'èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ',
        'f': 'ḟ',
        'g': 'ĝğġģǧǵḡ',
        'h': 'ĥȟḣḥḧḩḫẖ',
        'i': 'ìíîïĩīĭįǐȉȋḭḯỉị',
        'j': 'ĵǰ',
        'k': 'ķǩḱḳḵ',
        'l': 'ĺļľḷḹḻḽ',
        'm': 'ḿṁṃ',
        'n': 'ñńņňǹṅṇṉṋ',
        'o': 'òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ',
        'p': 'ṕṗ',
        'r': 'ŕŗřȑȓṙṛṝṟ',
        's': 'śŝşšșṡṣṥṧṩ',
        't': 'ţťțṫṭṯṱẗ',
        'u': 'ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự',
        'v': 'ṽṿ',
        'w': 'ŵẁẃẅẇẉẘ',
        'x': 'ẋẍ',
        'y': 'ýÿŷȳẏẙỳỵỷỹ',
        'z': 'źżžẑẓẕ',
    } -%}
    {%- set plain = [] -%}
    {%- for letter, accented in letters.items() -%}
        {%- do plain.append(letter * accented | length) -%}
    {%- endfor -%}
    regexp_replace(translate({{ text }}, '{{ letters.values() | join }}', '{{ plain | join }}'), '\\p{M}', '')
{%- endmacro %}


{# The distinct values of a group as a list, without null. DuckDB needs less memory for this than for list(distinct …). #}
{% macro distinct_values(column) -%}
    {{ adapter.dispatch('distinct_values')(column) }}
{%- endmacro %}

{% macro default__distinct_values(column) -%}
    list_distinct(list({{ column }}))
{%- endmacro %}

{% macro spark__distinct_values(column) -%}
    collect_set({{ column }})
{%- endmacro %}


{# The distinct values of a group as one text, in order, parted by semicolons; null where there is none. #}
{% macro join_distinct(text) -%}
    {{ adapter.dispatch('join_distinct')(text) }}
{%- endmacro %}

{% macro default__join_distinct(text) -%}
    case when count({{ text }}) > 0 then array_to_string(list_sort({{ distinct_values(text) }}), '; ') end
{%- endmacro %}

{% macro spark__join_distinct(text) -%}
    case when count({{ text }}) > 0 then array_join(sort_array({{ distinct_values(text) }}), '; ') end
{%- endmacro %}


{# The first match of a regular expression, or of one of its groups; null where there is none. DuckDB and Spark agree. #}
{% macro extract_pattern(text, pattern, group) -%}
    nullif(regexp_extract({{ text }}, '{{ pattern }}', {{ group }}), '')
{%- endmacro %}


{# Every match of a regular expression, as a list. DuckDB and Spark agree. #}
{% macro extract_patterns(text, pattern) -%}
    regexp_extract_all({{ text }}, '{{ pattern }}', 0)
{%- endmacro %}


{# The words of a normalised text, as a list. #}
{% macro split_words(text) -%}
    {{ adapter.dispatch('split_words')(text) }}
{%- endmacro %}

{% macro default__split_words(text) -%}
    string_split({{ text }}, ' ')
{%- endmacro %}

{% macro spark__split_words(text) -%}
    split({{ text }}, ' ')
{%- endmacro %}


{# The elements that two lists without repeats have in common. #}
{% macro list_shared(one, other) -%}
    {{ adapter.dispatch('list_shared')(one, other) }}
{%- endmacro %}

{% macro default__list_shared(one, other) -%}
    list_intersect({{ one }}, {{ other }})
{%- endmacro %}

{% macro spark__list_shared(one, other) -%}
    array_intersect({{ one }}, {{ other }})
{%- endmacro %}


{# A list without its repeats. #}
{% macro list_unique(list) -%}
    {{ adapter.dispatch('list_unique')(list) }}
{%- endmacro %}

{% macro default__list_unique(list) -%}
    list_distinct({{ list }})
{%- endmacro %}

{% macro spark__list_unique(list) -%}
    array_distinct({{ list }})
{%- endmacro %}


{#
    The WITH clause of a long chain of queries, before its SELECT. A step is a name and the CTEs that lead to it from the
    step before; it is the last of them. Spark computes a CTE anew for each reference to it, which doubles with each step,
    so there each step is a table.
#}
{% macro with_steps(steps) -%}
    {{ adapter.dispatch('with_steps')(steps) }}
{%- endmacro %}

{% macro default__with_steps(steps) -%}
    with {% for name, ctes in steps -%}
        {{ ctes }} {{- "," if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{% macro spark__with_steps(steps) -%}
    {%- set before = namespace(cte="") -%}
    {%- for name, ctes in steps -%}
        {%- set table = this.schema ~ "." ~ this.identifier ~ "__" ~ name -%}
        {%- if execute -%}
            {%- do adapter.add_query("drop table if exists " ~ table, abridge_sql_log=True) -%}
            {%- do adapter.add_query(
                "create table " ~ table ~ " using parquet as with " ~ before.cte ~ ctes ~ " select * from " ~ name,
                abridge_sql_log=True
            ) -%}
        {%- endif -%}
        {%- set before.cte = name ~ " as (select * from " ~ table ~ "), " -%}
    {%- endfor -%}
    with {{ before.cte[:-2] }}
{%- endmacro %}
