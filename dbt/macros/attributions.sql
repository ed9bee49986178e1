{#
    The columns of a model of attributions: who is named in which role, in one place of a document. The model selects
    from a relation `statements` with the columns of int_statements. A text that its documents do not print is left out
    in the call and null in the model.
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


{#
    A whole model of attributions: every record of a model names a person in the statement of the kind and ordinal that
    `statement_kind` and `statement_ordinal` give. The other arguments are those of `attribution`.
#}
{% macro attributions_in_statements(records, statement_kind, statement_ordinal) -%}
    {%- set of_affected = affected_units('document_id', {records: 'document_id', 'int_statements': 'document_id'}) -%}
    with records as (
        select * from {{ ref(records) }} {{ of_affected }}
    ),

    statements as (
        select * from {{ ref('int_statements') }} {{ of_affected }}
    )

    select
        {{ attribution(**kwargs) }}
    from records
    inner join statements
        on records.document_id = statements.document_id
        and {{ statement_kind }} = statements.statement_kind
        and {{ statement_ordinal }} = statements.statement_ordinal
{%- endmacro %}
