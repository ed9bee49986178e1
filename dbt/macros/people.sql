{# The days that stand for the unknown start of a period, and for the end of one that still holds. #}
{% macro distant_past() -%}
    cast('0001-01-01' as date)
{%- endmacro %}


{% macro distant_future() -%}
    cast('9999-12-31' as date)
{%- endmacro %}


{# Whether a row holds on a day: from `held_from` until before `held_before`. Without a day, whether it is current. #}
{% macro holds_on(row, day) -%}
    (
        ({{ day }} is null and {{ row }}.is_current)
        or ({{ day }} >= {{ row }}.held_from and {{ day }} < {{ row }}.held_before)
    )
{%- endmacro %}


{#
    The day before which a period holds whose last day is `end_on`. Every end in the register is a last day: of a
    membership, a party, a name and a post. Where two periods of one thing meet on a day, the one that began later holds.
#}
{% macro held_before(end_on) -%}
    coalesce({{ day_after(end_on) }}, {{ distant_future() }})
{%- endmacro %}


{#
    Whether what a row says of a day was confirmed on that day or later: the row has ended, or the register gave it on
    or after that day. An open end means "until last looked". Without a day, what the register says last counts.
#}
{% macro is_confirmed_on(row, day) -%}
    coalesce({{ row }}.held_before < {{ distant_future() }} or {{ day }} <= {{ row }}.confirmed_on, true)
{%- endmacro %}


{#
    The parts of a name that is normalised, as columns. A peer's rank counts as the given name ("lord", "hunt of kings
    heath"), and what stands before the territory is the short title. Family names are compared without spaces, so that
    "Long Bailey", "Long-Bailey" and "O Neill", "O'Neill" are the same.
#}
{% macro name_parts(label) -%}
    case when instr({{ label }}, ' ') > 0 then substr({{ label }}, 1, instr({{ label }}, ' ') - 1) end as given_name,
    replace({{ label }}, ' ', '') as joined_name,
    replace({{ replace_pattern(label, "^[^ ]+ ", "") }}, ' ', '') as family_name,
    {{ replace_pattern(label, "^[^ ]+ ", "") }} as family_label,
    {{ replace_pattern(label, "^.* ", "") }} as last_name,
    replace({{ replace_pattern(replace_pattern(label, "^[^ ]+ ", ""), " of .*$", "") }}, ' ', '') as short_title
{%- endmacro %}


{# "Ann Baker MP for The Wrekin": what stands after the name, with the seat (1). #}
{% macro membership_pattern() -%}
    ,? +(?:MP|M[.]P[.]|Member of Parliament|the Member),? +for +(.+)$
{%- endmacro %}


{#
    The given name of "BAKER, Ann", and its family name; null where what follows the comma is letters after the name, or
    an office, or where the name is not turned.
#}
{% macro turned_given_name(text) -%}
    {%- set given = replace_pattern(
        extract_pattern(text, "^[^,]+, *([^,]+)$", 1), " (MP|KC|QC|CBE|OBE|MBE)( .*)?$", ""
    ) -%}
    case
        when
            {{ extract_pattern(
                "lower(" ~ given ~ ")",
                "^(mp|m[.]p[.]|kc|qc|cb|cbe|obe|mbe|kbe|dbe|minister|secretary|parliamentary|under|chancellor|leader|chief"
                ~ "|chair|deputy|prime|attorney|solicitor|advocate|speaker|mayor|president|permanent|exchequer"
                ~ "|lord (chancellor|privy|president)|the|his|her|and|for|of|in)( |$)|[0-9]", 0
            ) }} is null
            then {{ given }}
    end
{%- endmacro %}


{% macro turned_family_name(text) -%}
    {{ extract_pattern(text, "^([^,]+), *[^,]+$", 1) }}
{%- endmacro %}
