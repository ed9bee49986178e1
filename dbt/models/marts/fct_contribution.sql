with contributions as (
    select * from {{ ref('stg_records__contribution') }}
),

debates as (
    select * from {{ ref('stg_records__debate') }}
),

statements as (
    select * from {{ ref('int_statements') }}
),

occurrences as (
    select * from {{ ref('int_question_occurrences') }}
),

question_answers as (
    select * from {{ ref('int_answers') }}
),

people as (
    select * from {{ ref('int_statement_people') }}
),

answers as (
    select
        document_id,
        answer_ordinal,
        answer_key
    from question_answers
    where is_primary
)

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
    occurrences.question_key,
    answers.answer_key,

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
    {{ debate_url('debates.house', 'debates.debated_on', 'debates.debate_id', 'debates.title') }}
    || '#contribution-' || contributions.contribution_id as public_url,

    -- dates
    statements.stated_on,

    -- flags
    contributions.is_role_inferred,

    -- span
    contributions.char_start,
    contributions.char_end
from contributions
inner join statements
    on contributions.document_id = statements.document_id
    and contributions.contribution_ordinal = statements.statement_ordinal
    and statements.statement_kind = 'contribution'
left join debates
    on contributions.document_id = debates.document_id
    and contributions.debate_ordinal = debates.debate_ordinal
left join occurrences
    on contributions.document_id = occurrences.document_id
    and contributions.question_ordinal = occurrences.question_ordinal
left join answers
    on contributions.document_id = answers.document_id
    and contributions.answer_ordinal = answers.answer_ordinal
left join people as speakers
    on statements.statement_key = speakers.statement_key
    and speakers.person_role = 'speaker'
