with texts as (
    {{ statement_texts() }}
)

select
    -- keys
    statement_key,

    -- text
    heading,
    statement_text,

    -- kinds
    statement_kind
from texts
