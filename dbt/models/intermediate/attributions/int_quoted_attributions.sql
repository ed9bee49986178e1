with quotes as (
    select * from {{ ref('stg_records__quote') }}
),

statements as (
    select * from {{ ref('int_statements') }}
)

select
    {{ attribution(
        role="quoted",
        person_ordinal="quotes.quote_ordinal",
        name_text="quotes.speaker_text",
        post_text="quotes.speaker_post_text",
        is_audited=false
    ) }}
from quotes
inner join statements
    on quotes.document_id = statements.document_id
    and quotes.section_ordinal = statements.statement_ordinal
    and statements.statement_kind = 'post_section'
