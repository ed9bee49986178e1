with documents as (select * from {{ ref('stg_landing__document') }}),
debates as (select * from {{ ref('stg_records__debate') }}),
contributor_counts as (select * from {{ ref('int_contributor_counts') }}),
contributions as (select * from {{ ref('stg_records__contribution') }}),
questions as (select * from {{ ref('stg_records__question') }}),
answers as (select * from {{ ref('stg_records__answer') }}),

counts as (
    select
        debates.document_id,
        'announced' as person_role,
        'debate' as statement_kind,
        debates.debate_ordinal as statement_ordinal,
        'contributor_count_differs' as issue_kind,
        cast(null as string) as name_text,
        cast(debates.announced_contributor_count as string) as as_printed,
        cast(coalesce(contributor_counts.found_contributor_count, 0) as string) as register_says
    from debates
    left join contributor_counts
        on debates.document_id = contributor_counts.document_id
        and debates.debate_ordinal = contributor_counts.debate_ordinal
    where debates.announced_contributor_count != coalesce(contributor_counts.found_contributor_count, 0)
),

answered_questions as (
    select
        document_id,
        answer_ordinal,
        answered_by_text,
        answered_on,
        {{ explode('question_ordinals') }} as question_ordinal
    from answers
),

early_answers as (
    select distinct
        answered_questions.document_id,
        'answerer' as person_role,
        'answer' as statement_kind,
        answered_questions.answer_ordinal as statement_ordinal,
        'reply_precedes_question' as issue_kind,
        answered_questions.answered_by_text as name_text,
        'answered on ' || cast(answered_questions.answered_on as string) as as_printed,
        'tabled on ' || cast(questions.tabled_on as string) as register_says
    from answered_questions
    inner join questions
        on answered_questions.document_id = questions.document_id
        and answered_questions.question_ordinal = questions.question_ordinal
    where answered_questions.answered_on < questions.tabled_on
),

early_replies as (
    select
        document_id,
        'speaker' as person_role,
        'contribution' as statement_kind,
        contribution_ordinal as statement_ordinal,
        'reply_precedes_question' as issue_kind,
        speaker_text as name_text,
        'turn ' || cast(contribution_ordinal as string) as as_printed,
        'replies to turn ' || cast(reply_to_ordinal as string) as register_says
    from contributions
    where reply_to_ordinal > contribution_ordinal
),

unioned as (
    select * from counts
    union all
    select * from early_answers
    union all
    select * from early_replies
)

select
    -- ids
    unioned.document_id,
    unioned.statement_ordinal,

    -- kinds
    unioned.issue_kind,
    unioned.person_role,
    unioned.statement_kind,

    -- text
    unioned.name_text,
    unioned.as_printed,
    unioned.register_says,

    -- dates
    coalesce(debates.debated_on, documents.published_on) as named_on
from unioned
inner join documents on unioned.document_id = documents.document_id
left join debates
    on unioned.document_id = debates.document_id
    and unioned.statement_ordinal = debates.debate_ordinal
    and unioned.statement_kind = 'debate'
