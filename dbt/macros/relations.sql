{# All rows of several models that have the same columns in the same order. #}
{% macro union_all(models) -%}
    {%- for model in models %}
    select * from {{ ref(model) }}
    {{- " union all" if not loop.last }}
    {%- endfor %}
{%- endmacro %}


{# The first row of each group of a relation, such as the newest. #}
{% macro first_rows(relation, partition_by, order_by) -%}
    select *
    from (
        select
            *,
            row_number() over (partition by {{ partition_by }} order by {{ order_by }}) as row_rank
        from {{ relation }}
    ) as ranked
    where row_rank = 1
{%- endmacro %}


{#
    The rows of a staging model, with the time at which their document was fetched; of each group only those of the
    document that was fetched last.
#}
{% macro newest_records(records, partition_by) -%}
    select *
    from (
        select
            records.*,
            documents.fetched_at,
            dense_rank() over (
                partition by {{ partition_by }}
                order by documents.fetched_at desc, records.document_id
            ) as document_rank
        from {{ ref(records) }} as records
        inner join {{ ref('stg_landing__document') }} as documents on records.document_id = documents.document_id
    ) as ranked
    where document_rank = 1
{%- endmacro %}


{# Whether a row of a relation stands in a statement, or is it: the same kind and ordinal in the same document. #}
{% macro is_in_statement(row, statement) -%}
    {{ row }}.document_id = {{ statement }}.document_id
    and {{ row }}.statement_kind = {{ statement }}.statement_kind
    and {{ row }}.statement_ordinal = {{ statement }}.statement_ordinal
{%- endmacro %}
