with written_statements as (select * from {{ ref('int_written_statements') }}),
statements as (select * from {{ ref('int_statements') }}),
people as (select * from {{ ref('int_statement_people') }}),

other_house as (
    {{ first_rows("(select * from written_statements where not is_primary)", "written_statement_key", "statement_id") }}
)

select
    -- keys
    written_statements.written_statement_key,
    statements.department_key,
    people.member_key,

    -- ids
    written_statements.document_id,
    other_house.document_id as other_house_document_id,
    written_statements.statement_id,
    other_house.statement_id as other_house_statement_id,
    written_statements.uin,
    other_house.uin as other_house_uin,

    -- text
    written_statements.heading,
    written_statements.written_statement_text,
    written_statements.made_by_text,
    written_statements.post_text,
    written_statements.answering_body_text,

    -- kinds
    written_statements.house,
    people.match_method,

    -- dates
    written_statements.made_on,

    -- shares
    people.match_confidence,

    -- flags
    written_statements.is_truncated,

    -- addresses
    written_statements.public_url,
    {{ cite_numbered("''", 'written_statements.uin', 'written_statements.heading', 'written_statements.made_on') }}
        as cite_as,
    other_house.public_url as other_house_public_url
from written_statements
inner join statements on written_statements.written_statement_key = statements.statement_key
left join people
    on statements.statement_key = people.statement_key
    and people.person_role = 'minister'
left join other_house on written_statements.written_statement_key = other_house.written_statement_key
where written_statements.is_primary
