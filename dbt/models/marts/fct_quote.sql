with quotes as (
    select * from {{ ref('stg_records__quote') }}
),

documents as (
    select * from {{ ref('stg_landing__document') }}
),

attributions as (
    select * from {{ ref('int_attributions') }}
),

matches as (
    select * from {{ ref('int_person_matches') }}
),

speakers as (
    select
        attributions.document_id,
        attributions.person_ordinal,
        matches.member_key,
        matches.match_method,
        matches.match_confidence
    from attributions
    inner join matches on attributions.person_key = matches.person_key
    where attributions.person_role = 'quoted'
)

select
    -- keys
    {{ surrogate_key(["'quote'", "quotes.document_id", "quotes.quote_ordinal"]) }} as quote_key,
    {{ surrogate_key(["'section'", "quotes.document_id", "quotes.section_ordinal"]) }} as section_key,
    speakers.member_key,

    -- ids
    quotes.document_id,
    quotes.quote_ordinal,

    -- kinds
    speakers.match_method,

    -- shares
    speakers.match_confidence,

    -- text
    quotes.speaker_text,
    quotes.speaker_post_text,
    quotes.quote_text,

    -- dates
    documents.published_on,

    -- flags
    quotes.is_block,

    -- span
    quotes.char_start,
    quotes.char_end
from quotes
inner join documents on quotes.document_id = documents.document_id
left join speakers
    on quotes.document_id = speakers.document_id
    and quotes.quote_ordinal = speakers.person_ordinal
