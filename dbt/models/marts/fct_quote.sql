with quotes as (
    select * from {{ ref('stg_records__quote') }}
),

documents as (
    select * from {{ ref('stg_landing__document') }}
),

attributed as (
    select * from {{ ref('int_attributed_members') }}
),

speakers as (
    select
        attributed.document_id,
        attributed.person_ordinal,
        attributed.member_key,
        attributed.match_method,
        attributed.match_confidence
    from attributed
    where attributed.person_role = 'quoted'
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
