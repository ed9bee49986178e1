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
from {{ ref('int_parties') }}
group by party_key, party_name, abbreviation, party_family, is_seeded
