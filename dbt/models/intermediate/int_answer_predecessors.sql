{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('answer_text_hash', {
    'int_answer_bands': ['band_hash', 'int_answer_bands'],
    'int_answer_texts': 'answer_text_hash',
}) %}

with texts as (select * from {{ ref('int_answer_texts') }}),
bands as (select * from {{ ref('int_answer_bands') }} {{ sharing('band_hash', 'int_answer_bands', of_affected) }}),

neighbours as (
    select
        answer_text_hash,
        first_value(answer_text_hash) over (
            partition by band_hash
            order by first_given_on nulls last, answer_text_hash
        ) as first_hash,
        lag(answer_text_hash) over (
            partition by band_hash
            order by first_given_on nulls last, answer_text_hash
        ) as previous_hash
    from bands
),

paired as (
    select
        answer_text_hash,
        first_hash as earlier_answer_text_hash
    from neighbours
    where first_hash != answer_text_hash
    union
    select
        answer_text_hash,
        previous_hash as earlier_answer_text_hash
    from neighbours
    where previous_hash is not null
),

candidates as (
    select * from paired {{ of_affected }}
),

-- Few candidates are alike, so what else they must agree in is compared in a step of its own.
alike as (
    select candidates.*
    from candidates
    inner join texts as later on candidates.answer_text_hash = later.answer_text_hash
    inner join texts as earlier on candidates.earlier_answer_text_hash = earlier.answer_text_hash
    where {{ is_mostly_shared('later.run_hashes', 'earlier.run_hashes') }}
),

near as (
    select
        alike.*,
        row_number() over (
            partition by alike.answer_text_hash
            order by earlier.first_given_on nulls last, earlier.answer_text_hash
        ) as earlier_rank
    from alike
    inner join texts as later on alike.answer_text_hash = later.answer_text_hash
    inner join texts as earlier on alike.earlier_answer_text_hash = earlier.answer_text_hash
    where
        not {{ is_exchanged(
            'later.number_hashes', 'later.run_hashes', 'earlier.number_hashes', 'earlier.run_hashes'
        ) }}
        and not {{ is_exchanged(
            'later.name_hashes', 'later.run_hashes', 'earlier.name_hashes', 'earlier.run_hashes'
        ) }}
        and {{ list_length(list_shared('later.place_hashes', 'earlier.place_hashes')) }}
        <= {{ list_length(list_shared('later.filling_hashes', 'earlier.filling_hashes')) }}
)

select
    answer_text_hash,
    earlier_answer_text_hash
from near
where earlier_rank = 1
