with mentions as (
    select * from {{ ref('stg_records__member_mention') }}
),

statements as (
    select * from {{ ref('int_statements') }}
)

select
    {{ attribution(
        role="mentioned",
        person_ordinal="mentions.mention_ordinal",
        name_text="mentions.member_name_text",
        constituency_text="mentions.constituency_text",
        post_text="mentions.post_text"
    ) }}
from mentions
inner join statements
    on mentions.document_id = statements.document_id
    and mentions.statement_kind = statements.statement_kind
    and mentions.statement_ordinal = statements.statement_ordinal
