{#
    Which of the documents that carry one question, or its answer, says what it is now. The newest document decides the
    value: of those that come first by `preferred`, the one that was fetched last. The document cited is another one if
    it has the same value and comes first by `cited_first`, so that a page that is delivered again moves no citation.

    Both are windows over rows with `question_key`, `fetched_at`, `document_id` and the statement's `ordinal` column.
    `newest_hash` is the value's hash. With it as the column `newest_<hash>`, `citation_rank` is 1 for the row cited.
#}
{% macro newest_hash(hash, ordinal, preferred) -%}
    first_value({{ hash }}) over (
        partition by question_key
        order by {{ preferred }}, fetched_at desc, document_id, {{ ordinal }}
    )
{%- endmacro %}


{% macro citation_rank(hash, ordinal, preferred, cited_first=none) -%}
    row_number() over (
        partition by question_key
        order by
            {{ preferred }},
            case when {{ hash }} = newest_{{ hash }} then 0 else 1 end,
            {{ cited_first ~ "," if cited_first }}
            document_id,
            {{ ordinal }}
    )
{%- endmacro %}


{#
    The same for the wording: a text that is whole goes before one that the source cut, and Parliament's own record
    before a copy of it. The text with markup is cited if any has it.
#}
{% macro newest_wording(ordinal) -%}
    {{ newest_hash("text_hash", ordinal, "is_truncated, is_identified desc") }}
{%- endmacro %}


{% macro wording_rank(ordinal) -%}
    {{ citation_rank(
        "text_hash", ordinal, "is_truncated, is_identified desc", "case when has_markup then 0 else 1 end"
    ) }}
{%- endmacro %}


{# Whether the words of a document's statements are another publisher's paraphrase and not those that were said. #}
{% macro is_paraphrase(document_kind) -%}
    ({{ document_kind }} = 'debate_digest')
{%- endmacro %}
