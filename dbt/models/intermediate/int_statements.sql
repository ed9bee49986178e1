with documents as (
    select * from {{ ref('stg_landing__document') }}
),

questions as (
    select * from {{ ref('int_questions') }}
),

occurrences as (
    select * from {{ ref('int_question_occurrences') }}
),

question_answers as (
    select * from {{ ref('int_answers') }}
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

sections as (
    select * from {{ ref('stg_records__post_section') }}
),

named_departments as (
    select * from {{ ref('int_named_departments') }}
),

question_statements as (
    select
        'question' as statement_kind,
        document_id,
        question_ordinal as statement_ordinal,
        question_key as statement_key,
        cast(null as string) as reply_to_question_key,
        department_key,
        house,
        asked_on as stated_on
    from questions
),

answer_statements as (
    select
        'answer' as statement_kind,
        question_answers.document_id,
        question_answers.answer_ordinal as statement_ordinal,
        question_answers.answer_key as statement_key,
        question_answers.question_key as reply_to_question_key,
        questions.department_key,
        questions.house,
        coalesce(answers.answered_on, questions.asked_on, documents.published_on) as stated_on
    from question_answers
    inner join questions on question_answers.question_key = questions.question_key
    inner join documents on question_answers.document_id = documents.document_id
    inner join answers
        on question_answers.document_id = answers.document_id
        and question_answers.answer_ordinal = answers.answer_ordinal
    where question_answers.is_primary
),

-- A turn that replies to a question put in the House is a reply to that question.
contribution_statements as (
    select
        'contribution' as statement_kind,
        contributions.document_id,
        contributions.contribution_ordinal as statement_ordinal,
        {{ surrogate_key([
            "'contribution'", "contributions.document_id", "contributions.contribution_ordinal"
        ]) }} as statement_key,
        questions.question_key as reply_to_question_key,
        questions.department_key,
        debates.house,
        coalesce(debates.debated_on, documents.published_on) as stated_on
    from contributions
    inner join documents on contributions.document_id = documents.document_id
    left join debates
        on contributions.document_id = debates.document_id
        and contributions.debate_ordinal = debates.debate_ordinal
    left join contributions as asked
        on contributions.document_id = asked.document_id
        and contributions.reply_to_ordinal = asked.contribution_ordinal
    left join occurrences
        on asked.document_id = occurrences.document_id
        and asked.question_ordinal = occurrences.question_ordinal
    left join questions on occurrences.question_key = questions.question_key
),

section_statements as (
    select
        'post_section' as statement_kind,
        sections.document_id,
        sections.section_ordinal as statement_ordinal,
        {{ surrogate_key(["'section'", "sections.document_id", "sections.section_ordinal"]) }} as statement_key,
        cast(null as string) as reply_to_question_key,
        named_departments.department_key,
        cast(null as string) as house,
        documents.published_on as stated_on
    from sections
    inner join documents on sections.document_id = documents.document_id
    left join named_departments
        on documents.title = named_departments.naming_text
        and documents.published_on is not distinct from named_departments.named_on
),

unioned as (
    select * from question_statements
    union all
    select * from answer_statements
    union all
    select * from contribution_statements
    union all
    select * from section_statements
)

select
    -- keys
    statement_key,
    reply_to_question_key,
    department_key,

    -- ids
    document_id,
    statement_ordinal,

    -- kinds
    statement_kind,
    house,

    -- dates
    stated_on
from unioned
