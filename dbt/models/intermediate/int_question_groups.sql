{{ config(materialized=tracked_table()) }}

with occurrences as (select * from {{ ref('int_question_occurrences') }}),
questions as (select * from {{ ref('stg_records__question') }}),

declaring as (
    select
        occurrences.question_key,
        occurrences.is_identified,
        questions.document_id,
        questions.house,
        questions.tabled_on,
        questions.uin,
        questions.grouped_with,
        questions.group_ordinal
    from occurrences
    inner join questions
        on occurrences.document_id = questions.document_id
        and occurrences.question_ordinal = questions.question_ordinal
    where occurrences.is_state_chosen or not occurrences.is_identified
),

listed as (
    select
        question_key,
        house,
        {{ explode('grouped_with') }} as reference
    from declaring
),

-- Each question belongs to the questions that it lists, to itself if another lists it, and to its group in a document.
links as (
    select distinct
        question_key,
        coalesce(house, '') || '|' || reference as group_link
    from listed
    union
    select distinct
        declaring.question_key,
        listed.house || '|' || listed.reference as group_link
    from declaring
    inner join listed
        on declaring.house = listed.house
        and cast(declaring.tabled_on as string) || '/' || declaring.uin = listed.reference
    where declaring.is_identified
    union
    select distinct
        question_key,
        document_id || '|' || cast(group_ordinal as string) as group_link
    from declaring
    where not is_identified and group_ordinal is not null
),

-- The least link spreads to all that is connected: in each round from a question to its links, and from these to their
-- questions. The test `groups_are_whole` fails if the rounds are too few.
{% for number in range(8) %}
    {% set before = "links" if loop.first else "round_" ~ loop.index0 %}
    round_{{ loop.index }} as (
        select
            question_key,
            group_link,
            min(least_link) over (partition by group_link) as least_link
        from (
            select
                question_key,
                group_link,
                min({{ "group_link" if loop.first else "least_link" }}) over (partition by question_key) as least_link
            from {{ before }}
        ) as of_questions
    ){{ "," if not loop.last }}
{% endfor %}

select
    -- keys
    question_key,
    {{ surrogate_key(["'group'", "least_link"]) }} as question_group_key,

    -- text
    group_link
from round_8
