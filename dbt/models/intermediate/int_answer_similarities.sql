with signatures as (
    select * from {{ ref('int_answer_signatures') }}
),

question_answers as (
    select * from {{ ref('int_answers') }}
),

answers as (
    select * from {{ ref('stg_records__answer') }}
),

bands as (
    select
        answer_text_hash,
        {{ explode('band_hashes') }} as band_hash
    from signatures
),

pairs as (
    select distinct
        one.answer_text_hash,
        other.answer_text_hash as other_answer_text_hash
    from bands as one
    inner join bands as other
        on one.band_hash = other.band_hash
        and one.answer_text_hash < other.answer_text_hash
),

candidates as (
    select pairs.*
    from pairs
    {% if is_incremental() %}
        -- What follows from two texts alone is worked out once.
        left join {{ this }} as held
            on pairs.answer_text_hash = held.answer_text_hash
            and pairs.other_answer_text_hash = held.other_answer_text_hash
        where held.answer_text_hash is null
    {% endif %}
),

candidate_texts as (
    select answer_text_hash
    from candidates
    union
    select other_answer_text_hash as answer_text_hash
    from candidates
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
        and question_answers.answer_text_hash in (select candidate_texts.answer_text_hash from candidate_texts)
    group by question_answers.answer_text_hash
),

runs as (
    {{ hashed_runs('texts') }}
),

hashed as (
    select distinct
        answer_text_hash,
        run_hash
    from runs
),

counted as (
    select
        answer_text_hash,
        count(*) as run_count
    from hashed
    group by answer_text_hash
),

shared as (
    select
        candidates.answer_text_hash,
        candidates.other_answer_text_hash,
        count(other_hashed.run_hash) as shared_run_count
    from candidates
    inner join hashed on candidates.answer_text_hash = hashed.answer_text_hash
    left join hashed as other_hashed
        on candidates.other_answer_text_hash = other_hashed.answer_text_hash
        and hashed.run_hash = other_hashed.run_hash
    group by candidates.answer_text_hash, candidates.other_answer_text_hash
)

select
    -- text
    shared.answer_text_hash,
    shared.other_answer_text_hash,

    -- shares
    cast(shared.shared_run_count as double)
    / (counted.run_count + other_counted.run_count - shared.shared_run_count) as similarity_share
from shared
inner join counted on shared.answer_text_hash = counted.answer_text_hash
inner join counted as other_counted on shared.other_answer_text_hash = other_counted.answer_text_hash
