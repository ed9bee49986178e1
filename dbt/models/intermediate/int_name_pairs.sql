{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('person_key', {
    'int_people': 'person_key',
}) %}

with people as (select * from {{ ref('int_people') }} {{ of_affected }}),
names as (select * from {{ ref('int_member_names') }}),

named as (
    select *
    from people
    where member_id is null and name_label is not null
),

named_words as (
    select
        person_key,
        {{ explode("split(family_label, ' ')") }} as word
    from named
    where given_name is not null
),

registered_words as (
    select
        member_key,
        name_label,
        {{ explode("split(family_label, ' ')") }} as word
    from names
    where given_name is not null
)

{% for printed, registered in [
    ("family_name", "family_name"), ("joined_name", "family_name"), ("family_name", "short_title")
] %}
    select
        named.person_key,
        names.member_key,
        names.name_label
    from named
    inner join names on named.{{ printed }} = names.{{ registered }}
    union
{% endfor %}
select
    named_words.person_key,
    registered_words.member_key,
    registered_words.name_label
from named_words
inner join registered_words on named_words.word = registered_words.word
-- Many unrelated family names share a particle or a short word.
where length(named_words.word) > 2 and named_words.word not in ('van', 'von', 'der', 'den', 'del', 'the', 'and')
