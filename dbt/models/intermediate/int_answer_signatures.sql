{# 24 permutations of the hashes below the prime 2³¹ − 1: each multiplies by another power of a primitive root. #}
{% set prime = 2147483647 %}
{% set root = 742938285 %}
{% set band_count = 8 %}
{% set band_size = 3 %}
{% set band_hashes = [] %}
{% for band in range(band_count) %}
    {% set minima = ["'" ~ band ~ "'"] %}
    {% for number in range(band_size) %}
        {% do minima.append("least_hash_" ~ (band * band_size + number)) %}
    {% endfor %}
    {% do band_hashes.append(surrogate_key(minima)) %}
{% endfor %}

with question_answers as (
    select * from {{ ref('int_answers') }}
),

answers as (
    select * from {{ ref('stg_records__answer') }}
),

texts as (
    select
        question_answers.answer_text_hash,
        min(answers.answer_text) as answer_text
    from question_answers
    inner join answers
        on question_answers.document_id = answers.document_id
        and question_answers.answer_ordinal = answers.answer_ordinal
    where
        question_answers.is_primary
        and not answers.is_truncated
        {% if is_incremental() %}
            -- What follows from a text alone is worked out once.
            and question_answers.answer_text_hash not in (select held.answer_text_hash from {{ this }} as held)
        {% endif %}
    group by question_answers.answer_text_hash
),

hashed as (
    {{ hashed_runs('texts') }}
),

-- MinHash: in any permutation the least hash is the same in two texts as often as they share runs.
minima as (
    select
        {% for number in range(band_count * band_size) %}
            min(run_hash * {{ root ** (number + 1) % prime }} % {{ prime }}) as least_hash_{{ number }},
        {% endfor %}
        answer_text_hash
    from hashed
    group by answer_text_hash
)

select
    -- text
    answer_text_hash,
    {{ list_of(band_hashes) }} as band_hashes
from minima
