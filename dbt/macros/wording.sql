{#
    Which of the documents that carry one question, or its answer, gives the wording. A text that is whole goes before
    one that the source cut, Parliament's own record before a copy of it, then what was fetched last. Of documents that
    word it so, one is cited, with its markup if any has it, whatever the order they were fetched in: a page that is
    delivered again changes nothing.

    Both are windows over rows with `question_key`, `text_hash`, `is_truncated`, `is_identified`, `has_markup`,
    `fetched_at`, `document_id` and the statement's `ordinal` column: `newest_wording` is the hash of the wording, and
    with it as `newest_text_hash`, `wording_rank` is 1 for the place that is cited.
#}
{% macro newest_wording(ordinal) -%}
    first_value(text_hash) over (
        partition by question_key
        order by is_truncated, is_identified desc, fetched_at desc, document_id, {{ ordinal }}
    )
{%- endmacro %}


{% macro wording_rank(ordinal) -%}
    row_number() over (
        partition by question_key
        order by
            is_truncated,
            is_identified desc,
            case when text_hash = newest_text_hash then 0 else 1 end,
            case when has_markup then 0 else 1 end,
            document_id,
            {{ ordinal }}
    )
{%- endmacro %}


{# Rows `answer_text_hash`, `run_hash` of the rows `answer_text_hash`, `answer_text` of a CTE: each run of five words. #}
{% macro hashed_runs(texts) -%}
    select
        answer_text_hash,
        {{ hash_number('run') }} as run_hash
    from (
        select
            answer_text_hash,
            {{ explode(word_runs('answer_words', 5)) }} as run
        from (
            select
                answer_text_hash,
                {{ split_words(normalise_text('answer_text')) }} as answer_words
            from {{ texts }}
        ) as worded
    ) as runs
{%- endmacro %}
