select
    -- keys
    {{ surrogate_key([
        "'mention'", "statements.statement_key", "mentions.text_char_start", "mentions.text_char_end"
    ]) }} as mention_key,
    statements.statement_key,
    mentioned.member_key,

    -- ids
    mentions.document_id,

    -- kinds
    mentions.statement_kind,
    mentioned.match_method,

    -- shares
    mentioned.match_confidence,

    -- text
    mentions.as_printed,
    mentions.member_name_text,
    mentions.constituency_text,
    mentions.post_text,

    -- dates
    statements.stated_on,

    -- span
    mentions.text_char_start,
    mentions.text_char_end,
    mentions.char_start,
    mentions.char_end
from {{ ref('stg_records__member_mention') }} as mentions
inner join {{ ref('int_statements') }} as statements
    on {{ is_in_statement('mentions', 'statements') }}
left join {{ ref('int_statement_people') }} as mentioned
    on statements.statement_key = mentioned.statement_key
    and mentioned.person_role = 'mentioned'
    and mentions.mention_ordinal = mentioned.person_ordinal
