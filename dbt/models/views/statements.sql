{#
    The branches of a union are filtered and read one by one, so a query on one kind or one column reads no more than
    that. A mart that two branches read is imported twice, because DuckDB reads an import that is used twice as a whole.
#}
with questions as (select * from {{ ref('fct_question') }}),
first_questions as (select * from {{ ref('fct_question') }}),
answers as (select * from {{ ref('fct_answer') }}),
contributions as (select * from {{ ref('fct_contribution') }}),
debates as (select * from {{ ref('fct_debate') }}),
written_statements as (select * from {{ ref('fct_written_statement') }}),
sections as (select * from {{ ref('fct_post_section') }}),
quoted_sections as (select * from {{ ref('fct_post_section') }}),
quotes as (select * from {{ ref('fct_quote') }}),
members as (select * from {{ ref('dim_member') }}),
departments as (select * from {{ ref('dim_department') }}),

unioned as (
    select
        question_key as statement_key,
        'question' as statement_kind,
        asking_member_key as member_key,
        department_key,
        document_id,
        house,
        asked_on as stated_on,
        asked_by_text as printed_name,
        heading,
        question_text as statement_text,
        public_url,
        cite_as,
        char_start,
        char_end
    from questions
    union all
    select
        answers.answer_key as statement_key,
        'answer' as statement_kind,
        answers.answering_member_key as member_key,
        answers.department_key,
        answers.document_id,
        answers.house,
        answers.answered_on as stated_on,
        answers.answered_by_text as printed_name,
        first_questions.heading,
        answers.answer_text as statement_text,
        answers.public_url,
        answers.cite_as,
        answers.char_start,
        answers.char_end
    from answers
    left join first_questions on answers.first_question_key = first_questions.question_key
    union all
    -- A turn that is a question or an answer is in the union already.
    select
        contributions.contribution_key as statement_key,
        'contribution' as statement_kind,
        contributions.member_key,
        cast(null as string) as department_key,
        contributions.document_id,
        debates.house,
        contributions.stated_on,
        contributions.speaker_text as printed_name,
        debates.title as heading,
        contributions.contribution_text as statement_text,
        contributions.public_url,
        contributions.cite_as,
        contributions.char_start,
        contributions.char_end
    from contributions
    left join debates on contributions.debate_key = debates.debate_key
    where contributions.question_key is null and contributions.answer_key is null
    union all
    select
        written_statement_key as statement_key,
        'written_statement' as statement_kind,
        member_key,
        department_key,
        document_id,
        house,
        made_on as stated_on,
        post_text as printed_name,
        heading,
        written_statement_text as statement_text,
        public_url,
        cite_as,
        cast(null as bigint) as char_start,
        cast(null as bigint) as char_end
    from written_statements
    union all
    select
        section_key as statement_key,
        'post_section' as statement_kind,
        cast(null as string) as member_key,
        department_key,
        document_id,
        cast(null as string) as house,
        published_on as stated_on,
        cast(null as string) as printed_name,
        heading,
        section_text as statement_text,
        public_url,
        cite_as,
        char_start,
        char_end
    from sections
    union all
    select
        quotes.quote_key as statement_key,
        'quote' as statement_kind,
        quotes.member_key,
        quoted_sections.department_key,
        quotes.document_id,
        cast(null as string) as house,
        quotes.published_on as stated_on,
        coalesce(quotes.speaker_text, quotes.speaker_post_text) as printed_name,
        quoted_sections.heading,
        quotes.quote_text as statement_text,
        quotes.public_url,
        quotes.cite_as,
        quotes.char_start,
        quotes.char_end
    from quotes
    left join quoted_sections on quotes.section_key = quoted_sections.section_key
)

select
    -- kinds
    unioned.statement_kind,
    unioned.house,

    -- dates
    unioned.stated_on,

    -- text
    coalesce(members.name, unioned.printed_name, departments.department_name) as said_by,
    members.party,
    members.constituency,
    departments.department_name as department,
    unioned.heading,
    unioned.statement_text,
    unioned.public_url,
    unioned.cite_as,

    -- keys
    unioned.statement_key,
    unioned.member_key,
    unioned.department_key,

    -- ids
    members.member_id,
    unioned.document_id,

    -- span
    unioned.char_start,
    unioned.char_end
from unioned
left join members on unioned.member_key = members.member_key
left join departments on unioned.department_key = departments.department_key
