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


{#
    "Ann Baker MP for The Wrekin", "Ann Baker, Labour MP for The Wrekin": what stands after the name, with the party (1) and
    the seat (2).
#}
{% macro membership_pattern() -%}
    (?:,? +|, *(?:the +)?([A-Z][^,]{1,40}?) +)(?:MP|M[.]P[.]|Member of Parliament|the Member),? +for +(.+)$
{%- endmacro %}


{# "the hon. Member for The Wrekin (Ann Baker)": the seat (1) and the name (2). #}
{% macro member_for_pattern() -%}
    ^(?:[Tt]he |[Mm]y )?(?:[Rr]ight |[Rr]t[.]? )?(?:[Hh]on[.]? |[Hh]onourable )?(?:and (?:learned|gallant) )?
    {{- '(?:[Ff]riend,? )?(?:the )?Member (?:of Parliament )?for ([^()]+?) *[(]([^()]+)[)]' }}
{%- endmacro %}


{# Whether two names without spaces differ in one letter, or in the order of two letters. #}
{% macro is_one_slip(printed, registered) -%}
    (
        levenshtein({{ printed }}, {{ registered }}) = 1
        or (
            levenshtein({{ printed }}, {{ registered }}) = 2
            and length({{ printed }}) = length({{ registered }})
            and array_sort(split({{ printed }}, '')) = array_sort(split({{ registered }}, ''))
        )
    )
{%- endmacro %}


{# "BAKER Ann": a family name (1) in capitals before a given name (2), which is not. #}
{% macro capitals_first_pattern() -%}
    ^((?:Mac|Mc)?[^a-zß-ÿ0-9,.() ]{2,}(?: [^a-zß-ÿ0-9,.() ]{2,})*) +([A-ZÀ-Þ][a-zß-ÿ][^,()]*)$
{%- endmacro %}


{#
    The given name of "BAKER, Ann" and "BAKER Ann", and its family name; null where what follows is letters after the
    name, an office or an institution, or where the name is not turned.
#}
{% macro turned_given_name(text) -%}
    {%- set turned = extract_pattern(text, "^[^,]+, *([^,]+)$", 1) -%}
    {%- set capitals_first = extract_pattern(text, capitals_first_pattern(), 2) -%}
    {%- set given = replace_pattern(
        "coalesce(" ~ turned ~ ", " ~ capitals_first ~ ")", " (MP|KC|QC|CBE|OBE|MBE)( .*)?$", ""
    ) -%}
    case
        when
            {{ extract_pattern(
                "lower(" ~ given ~ ")",
                "^(mp|m[.]p[.]|kc|qc|cb|cbe|obe|mbe|kbe|dbe|minister|secretary|parliamentary|under|chancellor|leader|chief"
                ~ "|chair|deputy|prime|attorney|solicitor|advocate|speaker|mayor|president|permanent|exchequer"
                ~ "|lord (chancellor|privy|president)|the|his|her|and|for|of|in|treasury|government|department|office|ministers?"
                ~ "|spokes[a-z]+|members?|england|wales|scotland|news)( |$)|[0-9]", 0
            ) }} is null
            then {{ given }}
    end
{%- endmacro %}


{% macro turned_family_name(text) -%}
    coalesce(
        {{ extract_pattern(text, "^([^,]+), *[^,]+$", 1) }},
        {{ extract_pattern(text, capitals_first_pattern(), 1) }}
    )
{%- endmacro %}
