{# What did the member who spoke most say in debates? #}
with turns as (
    select *
    from {{ ref('statements') }}
    where statement_kind = 'contribution' and member_key is not null
),

most_active as (
    select member_key
    from turns
    group by member_key
    order by count(*) desc, member_key
    limit 1
)

select
    turns.stated_on,
    turns.said_by,
    turns.heading,
    substring(turns.statement_text, 1, 100) as turn_begins,
    turns.public_url
from turns
inner join most_active on turns.member_key = most_active.member_key
order by turns.stated_on, turns.statement_key
limit 10
