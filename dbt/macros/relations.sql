{# The rows of several models that have the same columns in the same order: all, or those that a condition leaves. #}
{% macro union_all(models, condition='') -%}
    {%- for model in models %}
    select * from {{ ref(model) }} {{ condition }}
    {{- " union all" if not loop.last }}
    {%- endfor %}
{%- endmacro %}


{#
    The titles of the topics of a row, which a bridge has, joined in alphabetical order. They are a subquery, so that a
    query that reads few rows of a view does not gather the topics of all.
#}
{% macro topic_titles(bridge, row, key) -%}
    (
        select {{ join_distinct('topics.topic_title') }}
        from {{ ref(bridge) }} as mentioned
        inner join {{ ref('dim_topic') }} as topics on mentioned.topic_key = topics.topic_key
        where mentioned.{{ key }} = {{ row }}.{{ key }}
    )
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


{# The rows of a relation that are the only ones of their group. #}
{% macro single_rows(relation, partition_by) -%}
    select *
    from (
        select
            *,
            count(*) over (partition by {{ partition_by }}) as group_size
        from {{ relation }}
    ) as counted
    where group_size = 1
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


{#
    A staging model of records: `columns` of the rows of one table of `raw` that come from the current version of their
    document, or, if `keeps_old_versions`, from any version.
#}
{% macro staged_records(table, columns, keeps_old_versions=false) -%}
    select
        source_rows.document_id,
        source_rows.source
        {%- for column in columns %},
        source_rows.{{ column }}
        {%- endfor %}
        {{- place_of_record() }}
    from {{ source('records', table) }} as source_rows
    anti join {{ ref('stg_landing__unread_document') }} as unread_documents
        on source_rows.document_id = unread_documents.document_id
        and source_rows.source = unread_documents.source
        {{ "and unread_documents.is_of_other_source" if keeps_old_versions }}
{%- endmacro %}


{# The place of a row of records in its table, where it can be asked for. #}
{% macro place_of_record() -%}
    {{ adapter.dispatch('place_of_record')() }}
{%- endmacro %}


{% macro default__place_of_record() -%},
        source_rows.rowid as record_place
{%- endmacro %}


{% macro spark__place_of_record() -%}
{%- endmacro %}


{#
    The rows of a staging model of records that a condition leaves, which may be empty. To find a few keys, DuckDB reads
    all columns of all rows; to find a few places, only the blocks that have them. So the places are looked up first.
#}
{% macro records_where(records, condition) -%}
    select * from {{ ref(records) }}
    {% if condition -%}
        where record_place in (select record_place from {{ ref(records) }} {{ condition }})
    {%- endif %}
{%- endmacro %}


{# Whether a row of a relation stands in a statement, or is it: the same kind and ordinal in the same document. #}
{% macro is_in_statement(row, statement) -%}
    {{ row }}.document_id = {{ statement }}.document_id
    and {{ row }}.statement_kind = {{ statement }}.statement_kind
    and {{ row }}.statement_ordinal = {{ statement }}.statement_ordinal
{%- endmacro %}
