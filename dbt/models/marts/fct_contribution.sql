{% set of_affected = affected_units('contribution_key', {
    'int_statements': 'statement_key',
    'int_contribution_citations': 'contribution_key',
    'int_statement_people': 'statement_key',
    'stg_landing__document': ['document_id', 'int_statements', 'statement_key'],
    'stg_records__contribution': ['document_id', 'int_statements', 'statement_key'],
}) %}

with contributions as (select * from {{ ref('stg_records__contribution') }}),
statements as (select * from {{ ref('int_statements') }} {{ renamed(of_affected, 'statement_key') }}),
citations as (select * from {{ ref('int_contribution_citations') }} {{ of_affected }}),
people as (select * from {{ ref('int_statement_people') }} {{ renamed(of_affected, 'statement_key') }}),
documents as (select * from {{ ref('stg_landing__document') }})

select
    -- keys
    statements.statement_key as contribution_key,
    {{ surrogate_key(["'debate'", "contributions.document_id", "contributions.debate_ordinal"]) }} as debate_key,
    case
        when contributions.reply_to_ordinal is not null
            then {{ surrogate_key([
                "'contribution'", "contributions.document_id", "contributions.reply_to_ordinal"
            ]) }}
    end as reply_to_contribution_key,
    speakers.member_key,
    citations.question_key,
    citations.answer_key,

    -- ids
    contributions.document_id,
    contributions.contribution_ordinal,
    contributions.contribution_id,

    -- kinds
    contributions.role,
    speakers.match_method,

    -- shares
    speakers.match_confidence,

    -- text
    contributions.speaker_text,
    contributions.speaker_party_text,
    contributions.speaker_constituency_text,
    contributions.speaker_post_text,
    contributions.contribution_text,
    citations.public_url,
    citations.cite_as,

    -- dates
    statements.stated_on,

    -- flags
    contributions.is_role_inferred,
    {{ is_paraphrase('documents.document_kind') }} as is_paraphrase,

    -- span
    contributions.char_start,
    contributions.char_end
from contributions
inner join statements
    on contributions.document_id = statements.document_id
    and contributions.contribution_ordinal = statements.statement_ordinal
    and statements.statement_kind = 'contribution'
inner join documents on contributions.document_id = documents.document_id
left join citations on statements.statement_key = citations.contribution_key
left join people as speakers
    on statements.statement_key = speakers.statement_key
    and speakers.person_role = 'speaker'
