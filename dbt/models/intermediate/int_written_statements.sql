{{ config(materialized=tracked_table()) }}

with statements as (select * from {{ ref('stg_records__written_statement') }}),
documents as (select * from {{ ref('stg_landing__document') }}),

worded as (
    select
        statements.*,
        documents.fetched_at,
        -- Statements have had Parliament's id since 2014. One without is known by where it stands.
        coalesce(
            cast(statements.statement_id as string),
            {{ surrogate_key(["statements.document_id", "statements.written_statement_ordinal"]) }}
        ) as statement_label,
        {{ surrogate_key([
            "statements.heading", "statements.written_statement_text", "statements.member_id",
            "statements.answering_body_id", "statements.made_on"
        ]) }} as wording_hash
    from statements
    inner join documents on statements.document_id = documents.document_id
),

newest as (
    select
        *,
        first_value(wording_hash) over (
            partition by statement_label
            order by is_truncated, fetched_at desc, document_id, written_statement_ordinal
        ) as newest_wording_hash
    from worded
),

-- The statement is cited from one of the documents that word it as the newest does, whichever of them came last.
cited as (
    select
        *,
        row_number() over (
            partition by statement_label
            order by
                is_truncated,
                case when wording_hash = newest_wording_hash then 0 else 1 end,
                document_id,
                written_statement_ordinal
        ) as preference
    from newest
),

links as (
    select
        statement_id,
        {{ explode('linked_statement_ids') }} as linked_id
    from cited
    where preference = 1
),

-- The same statement is made in both Houses under one heading. A link may be declared on one side only.
commons_statements as (
    select
        lords.statement_id,
        min(commons.statement_id) as same_statement_id
    from cited as lords
    inner join links on lords.statement_id in (links.statement_id, links.linked_id)
    inner join cited as commons
        on commons.statement_id in (links.statement_id, links.linked_id)
        and {{ normalise_text('commons.heading') }} = {{ normalise_text('lords.heading') }}
        and commons.house = 'Commons'
        and commons.preference = 1
    where lords.house = 'Lords' and lords.preference = 1
    group by lords.statement_id
)

select
    -- keys
    {{ surrogate_key([
        "'written_statement'", "coalesce(cast(commons_statements.same_statement_id as string), cited.statement_label)"
    ]) }} as written_statement_key,

    -- ids
    cited.document_id,
    cited.written_statement_ordinal,
    cited.statement_id,
    cited.uin,
    cited.member_id,
    cited.answering_body_id,

    -- text
    cited.made_by_text,
    cited.post_text,
    cited.answering_body_text,
    cited.heading,
    cited.written_statement_text,

    -- kinds
    cited.house,

    -- dates
    cited.made_on,

    -- flags
    cited.is_truncated,
    commons_statements.same_statement_id is null as is_primary,

    -- addresses
    {{ question_page('written-statements', 'cited.made_on', 'cited.uin') }} as public_url
from cited
left join commons_statements on cited.statement_id = commons_statements.statement_id
where cited.preference = 1
