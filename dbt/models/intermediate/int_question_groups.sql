{{ config(materialized=tracked_table()) }}

{% set links %}
occurrences as (select * from {{ ref('int_question_occurrences') }}),
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
)
{% endset %}

{#
    The least link spreads to all that is connected. In each round it goes from a question to its links, then to all that
    had the same least link before, and then every row takes the least link of its least link, twice. So the reach grows
    by more than four times in a round, and a chain of a thousand questions that each list only the next one is a group.
    The test `groups_are_whole` fails if the rounds are too few.
#}
{% set steps = [("links", links)] %}
{% for number in range(7) %}
    {% set before = "links" if loop.first else "round_" ~ loop.index0 %}
    {% set former = "group_link" if loop.first else "least_link" %}
    {% set round %}
        seen_{{ loop.index }} as (
            select
                question_key,
                group_link,
                {{ former }} as former_link,
                min(least_of_question) over (partition by group_link) as least_link
            from (
                select
                    question_key,
                    group_link,
                    {{ former }},
                    min({{ former }}) over (partition by question_key) as least_of_question
                from {{ before }}
            ) as of_questions
        ),

        shared_{{ loop.index }} as (
            select
                question_key,
                group_link,
                min(least_link) over (partition by former_link) as least_link
            from seen_{{ loop.index }}
        )

        {% for reached, name in (("shared_", "nearer_"), ("nearer_", "round_")) %}
            , {{ name }}links_{{ number + 1 }} as (
                select
                    group_link,
                    min(least_link) as least_link
                from {{ reached }}{{ number + 1 }}
                group by group_link
            ),

            {{ name }}{{ number + 1 }} as (
                select
                    reached.question_key,
                    reached.group_link,
                    least_links.least_link
                from {{ reached }}{{ number + 1 }} as reached
                inner join {{ name }}links_{{ number + 1 }} as least_links
                    on reached.least_link = least_links.group_link
            )
        {% endfor %}
    {% endset %}
    {% do steps.append(("round_" ~ loop.index, round)) %}
{% endfor %}

{{ with_steps(steps) }}
select
    -- keys
    question_key,
    {{ surrogate_key(["'group'", "least_link"]) }} as question_group_key,

    -- text
    group_link
from round_7
