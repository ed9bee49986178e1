with parties as (
    select * from {{ ref('int_parties') }}
)

select
    -- keys
    party_key,

    -- text
    party_name,
    abbreviation,
    party_family,
    {{ join_distinct('label') }} as labels_text,

    -- flags
    is_seeded
from parties
group by party_key, party_name, abbreviation, party_family, is_seeded
