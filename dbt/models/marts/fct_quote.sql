select
    -- keys
    {{ surrogate_key(["'quote'", "quotes.document_id", "quotes.quote_ordinal"]) }} as quote_key,
    statements.statement_key as section_key,
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
    citations.public_url,
    citations.cite_as,

    -- dates
    statements.stated_on as published_on,

    -- flags
    quotes.is_block,

    -- span
    quotes.char_start,
    quotes.char_end
from {{ ref('stg_records__quote') }} as quotes
inner join {{ ref('int_statements') }} as statements
    on quotes.document_id = statements.document_id
    and quotes.section_ordinal = statements.statement_ordinal
    and statements.statement_kind = 'post_section'
left join {{ ref('int_post_citations') }} as citations on quotes.document_id = citations.document_id
left join {{ ref('int_statement_people') }} as speakers
    on statements.statement_key = speakers.statement_key
    and speakers.person_role = 'quoted'
    and quotes.quote_ordinal = speakers.person_ordinal
