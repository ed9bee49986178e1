with documents as (
    select * from {{ ref('stg_landing__document') }}
),

statements as (
    select * from {{ ref('int_statements') }}
),

questions as (
    select * from {{ ref('int_questions') }}
),

occurrences as (
    select * from {{ ref('int_question_occurrences') }}
),

question_records as (
    select * from {{ ref('stg_records__question') }}
),

answers as (
    select * from {{ ref('stg_records__answer') }}
),

debates as (
    select * from {{ ref('stg_records__debate') }}
),

contributions as (
    select * from {{ ref('stg_records__contribution') }}
),

quotes as (
    select * from {{ ref('stg_records__quote') }}
),

mentions as (
    select * from {{ ref('stg_records__member_mention') }}
),

-- Of a question, whoever each copy prints; Parliament's own record counts once, however often it was fetched.
askers as (
    select
        'asker' as person_role,
        occurrences.document_id,
        'question' as statement_kind,
        occurrences.question_ordinal as statement_ordinal,
        occurrences.question_ordinal as person_ordinal,
        question_records.asking_member_id as member_id,
        question_records.asked_by_text as name_text,
        question_records.asked_by_party_text as party_text,
        question_records.asked_by_constituency_text as constituency_text,
        cast(null as string) as post_text,
        questions.asked_on as named_on,
        true as is_audited
    from occurrences
    inner join question_records
        on occurrences.document_id = question_records.document_id
        and occurrences.question_ordinal = question_records.question_ordinal
    inner join questions on occurrences.question_key = questions.question_key
    where
        not occurrences.is_identified
        or (
            occurrences.document_id = questions.asker_document_id
            and occurrences.question_ordinal = questions.asker_question_ordinal
        )
),

answerers as (
    select
        'answerer' as person_role,
        answers.document_id,
        'answer' as statement_kind,
        answers.answer_ordinal as statement_ordinal,
        answers.answer_ordinal as person_ordinal,
        answers.answering_member_id as member_id,
        answers.answered_by_text as name_text,
        cast(null as string) as party_text,
        cast(null as string) as constituency_text,
        answers.answered_by_post_text as post_text,
        statements.stated_on as named_on,
        true as is_audited
    from answers
    inner join statements
        on answers.document_id = statements.document_id
        and answers.answer_ordinal = statements.statement_ordinal
        and statements.statement_kind = 'answer'
),

speakers as (
    select
        'speaker' as person_role,
        contributions.document_id,
        'contribution' as statement_kind,
        contributions.contribution_ordinal as statement_ordinal,
        contributions.contribution_ordinal as person_ordinal,
        contributions.speaker_member_id as member_id,
        contributions.speaker_text as name_text,
        contributions.speaker_party_text as party_text,
        contributions.speaker_constituency_text as constituency_text,
        contributions.speaker_post_text as post_text,
        statements.stated_on as named_on,
        contributions.role != 'chair' as is_audited
    from contributions
    inner join statements
        on contributions.document_id = statements.document_id
        and contributions.contribution_ordinal = statements.statement_ordinal
        and statements.statement_kind = 'contribution'
),

leads as (
    select
        'lead' as person_role,
        debates.document_id,
        'debate' as statement_kind,
        debates.debate_ordinal as statement_ordinal,
        debates.debate_ordinal as person_ordinal,
        cast(null as bigint) as member_id,
        debates.lead_member_text as name_text,
        cast(null as string) as party_text,
        cast(null as string) as constituency_text,
        cast(null as string) as post_text,
        coalesce(debates.debated_on, documents.published_on) as named_on,
        true as is_audited
    from debates
    inner join documents on debates.document_id = documents.document_id
),

quoted as (
    select
        'quoted' as person_role,
        quotes.document_id,
        'post_section' as statement_kind,
        quotes.section_ordinal as statement_ordinal,
        quotes.quote_ordinal as person_ordinal,
        cast(null as bigint) as member_id,
        quotes.speaker_text as name_text,
        cast(null as string) as party_text,
        cast(null as string) as constituency_text,
        quotes.speaker_post_text as post_text,
        documents.published_on as named_on,
        false as is_audited
    from quotes
    inner join documents on quotes.document_id = documents.document_id
),

mentioned as (
    select
        'mentioned' as person_role,
        mentions.document_id,
        mentions.statement_kind,
        mentions.statement_ordinal,
        mentions.mention_ordinal as person_ordinal,
        cast(null as bigint) as member_id,
        mentions.member_name_text as name_text,
        cast(null as string) as party_text,
        mentions.constituency_text,
        mentions.post_text,
        statements.stated_on as named_on,
        true as is_audited
    from mentions
    inner join statements
        on mentions.document_id = statements.document_id
        and mentions.statement_kind = statements.statement_kind
        and mentions.statement_ordinal = statements.statement_ordinal
),

unioned as (
    select * from askers
    union all
    select * from answerers
    union all
    select * from speakers
    union all
    select * from leads
    union all
    select * from quoted
    union all
    select * from mentioned
)

select
    -- keys
    {{ surrogate_key([
        "member_id", "name_text", "party_text", "constituency_text", "post_text", "named_on", "is_audited"
    ]) }} as person_key,

    -- ids
    document_id,
    statement_ordinal,
    person_ordinal,
    member_id,

    -- text
    name_text,
    party_text,
    constituency_text,
    post_text,

    -- kinds
    person_role,
    statement_kind,

    -- dates
    named_on,

    -- flags
    is_audited
from unioned
where coalesce(cast(member_id as string), name_text, constituency_text, post_text) is not null
