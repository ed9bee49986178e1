with attributions as (select * from {{ ref('int_attributions') }}),
matches as (select * from {{ ref('int_person_matches') }}),
person_issues as (select * from {{ ref('int_person_issues') }}),
document_issues as (select * from {{ ref('int_document_issues') }}),
statements as (select * from {{ ref('int_statements') }}),
severities as (select * from {{ ref('attribution_issue_kind') }}),

located as (
    select
        attributions.document_id,
        attributions.person_role,
        attributions.statement_kind,
        attributions.statement_ordinal,
        person_issues.issue_kind,
        person_issues.as_printed,
        person_issues.register_says,
        matches.name_text,
        case when matches.is_in_register then matches.member_key end as member_key,
        matches.named_on
    from person_issues
    inner join attributions on person_issues.person_key = attributions.person_key
    inner join matches on person_issues.person_key = matches.person_key
    where
        person_issues.issue_kind != 'presiding_officer_speaks'
        or attributions.is_author
),

unioned as (
    select * from located
    union all
    select
        document_id,
        person_role,
        statement_kind,
        statement_ordinal,
        issue_kind,
        as_printed,
        register_says,
        name_text,
        cast(null as string) as member_key,
        named_on
    from document_issues
),

-- An issue that a document repeats for one person is one row, which cites the first place.
counted as (
    select
        *,
        count(*) over (partition by document_id, issue_kind, as_printed, name_text) as occurrence_count
    from unioned
),

issues as (
    {{ first_rows(
        "counted",
        "document_id, issue_kind, as_printed, name_text",
        "statement_kind, statement_ordinal, person_role, member_key"
    ) }}
)

select
    -- keys
    {{ surrogate_key([
        "'issue'", "issues.document_id", "issues.issue_kind", "issues.as_printed", "issues.name_text"
    ]) }} as issue_key,
    issues.member_key,
    case
        when issues.statement_kind = 'debate'
            then {{ surrogate_key(["'debate'", "issues.document_id", "issues.statement_ordinal"]) }}
        else statements.statement_key
    end as statement_key,

    -- ids
    issues.document_id,

    -- kinds
    issues.issue_kind,
    severities.severity,
    issues.person_role,
    issues.statement_kind,

    -- text
    issues.name_text,
    issues.as_printed,
    issues.register_says,

    -- dates
    issues.named_on,

    -- counts
    issues.occurrence_count
from issues
inner join severities on issues.issue_kind = severities.issue_kind
left join statements
    on {{ is_in_statement('issues', 'statements') }}
