{#
    The columns of a model of attributions: who is named in which role, by one place in a document. The model selects
    from a relation `statements` with the columns of int_statements. What its documents do not print is left out here
    and becomes null.
#}
{% macro attribution(
    role,
    person_ordinal,
    is_author=false,
    is_audited=true,
    member_id="null",
    name_text="null",
    party_text="null",
    constituency_text="null",
    post_text="null"
) -%}
    statements.statement_key,
    statements.document_id,
    statements.statement_kind,
    statements.statement_ordinal,
    statements.stated_on as named_on,
    '{{ role }}' as person_role,
    {{ person_ordinal }} as person_ordinal,
    cast({{ member_id }} as bigint) as member_id,
    cast({{ name_text }} as string) as name_text,
    cast({{ party_text }} as string) as party_text,
    cast({{ constituency_text }} as string) as constituency_text,
    cast({{ post_text }} as string) as post_text,
    {{ is_author }} as is_author,
    {{ is_audited }} as is_audited
{%- endmacro %}


{# Whether a row holds on a day: from `held_from` until before `held_before`; without a day, whether it is current. #}
{% macro holds_on(row, day) -%}
    (
        ({{ day }} is null and {{ row }}.is_current)
        or ({{ day }} >= {{ row }}.held_from and {{ day }} < {{ row }}.held_before)
    )
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
