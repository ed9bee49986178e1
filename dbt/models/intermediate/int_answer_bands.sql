{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('answer_text_hash', {
    'int_answer_texts': 'answer_text_hash',
}) %}

with texts as (select * from {{ ref('int_answer_texts') }} {{ of_affected }}),

-- The signature is made before a text becomes a row for each band, because it is the dear part.
signed as (
    select
        answer_text_hash,
        band_hashes,
        {{ surrogate_key(["run_hashes", "number_hashes", "name_hashes", "filling_hashes"]) }} as signature_hash,
        first_given_on
    from texts
)

select
    -- text
    answer_text_hash,
    {{ explode('band_hashes') }} as band_hash,
    signature_hash,

    -- dates
    first_given_on
from signed
