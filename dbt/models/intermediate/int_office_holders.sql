{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('person_key', {
    'int_people': 'person_key',
}) %}

with people as (select * from {{ ref('int_people') }} {{ of_affected }}),
terms as (select * from {{ ref('int_office_terms') }}),
periods as (select * from {{ ref('int_member_periods') }}),
office_names as (select * from {{ ref('office_name') }}),

printed as (
    select
        person_key,
        named_on,
        post_label as printed_label
    from people
    where post_label is not null
    union
    select
        person_key,
        named_on,
        office_label as printed_label
    from people
    where office_label is not null
),

printed_labels as (
    select distinct printed_label
    from printed
),

labels as (
    select
        printed_label,
        printed_label as post_label
    from printed_labels
    union
    select
        printed_labels.printed_label,
        {{ normalise_post('office_names.post_text') }} as post_label
    from printed_labels
    inner join office_names on printed_labels.printed_label = {{ normalise_post('office_names.office_text') }}
),

post_labels as (
    select distinct post_label
    from terms
),

-- A post may join several offices: "Lord Chancellor and Secretary of State for Justice".
named_posts as (
    select distinct
        labels.printed_label,
        post_labels.post_label
    from labels
    inner join post_labels
        on ' and ' || post_labels.post_label || ' and ' like '% and ' || labels.post_label || ' and %'
),

-- What the register has confirmed counts most, then the list of offices, and then what the register said before.
held as (
    select
        printed.person_key,
        printed.printed_label,
        periods.member_key,
        terms.member_id,
        periods.name,
        coalesce(terms.held_from = printed.named_on, false) as is_first_day,
        coalesce(terms.held_before = {{ day_after('printed.named_on') }}, false) as is_last_day,
        {{ is_confirmed_on('terms', 'printed.named_on') }} as is_confirmed,
        rank() over (
            partition by printed.person_key, printed.printed_label
            order by
                case when {{ is_confirmed_on('terms', 'printed.named_on') }} then 0 else 1 end,
                case when terms.is_in_register then 0 else 1 end
        ) as evidence_rank
    from printed
    inner join named_posts on printed.printed_label = named_posts.printed_label
    inner join terms on named_posts.post_label = terms.post_label and {{ holds_on('terms', 'printed.named_on') }}
    inner join periods on terms.member_id = periods.member_id and {{ holds_on('periods', 'printed.named_on') }}
)

select
    -- keys
    person_key,
    member_key,

    -- ids
    member_id,

    -- text
    name,

    -- labels
    printed_label,

    -- flags
    is_confirmed,
    min(case when is_last_day and not is_first_day then 1 else 0 end) = 1
    and max(max(case when is_first_day then 1 else 0 end)) over (partition by person_key, printed_label) = 1
        as is_succeeded
from held
where evidence_rank = 1
group by person_key, printed_label, member_key, member_id, name, is_confirmed
