with contributions as (
    select * from {{ ref('stg_records__contribution') }}
),

statements as (
    select * from {{ ref('int_statements') }}
)

select
    {{ attribution(
        role="speaker",
        person_ordinal="contributions.contribution_ordinal",
        is_author=true,
        member_id="contributions.speaker_member_id",
        name_text="contributions.speaker_text",
        party_text="contributions.speaker_party_text",
        constituency_text="contributions.speaker_constituency_text",
        post_text="contributions.speaker_post_text",
        is_audited="contributions.role != 'chair'"
    ) }}
from contributions
inner join statements
    on contributions.document_id = statements.document_id
    and contributions.contribution_ordinal = statements.statement_ordinal
    and statements.statement_kind = 'contribution'
