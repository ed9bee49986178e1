{#
    How an answer points to another: "I refer the hon. Member to the answer I gave on 29 October 2024 to Question
    10122", "the answer to Question UIN 2676 on 13 November 2024", "PQ12617", "Official Report, 8434". The patterns are
    for words that `normalise_text` made.
#}


{# A day as it is printed: "29 october 2024", "16 th october", "12 november". #}
{% macro printed_day_pattern() -%}
    {%- set months = "january|february|march|april|may|june|july|august|september|october|november|december" -%}
    [0-9]{1,2} ?(?:st |nd |rd |th )?(?:of )?(?:{{ months }})(?: 20[0-9]{2})?
{%- endmacro %}


{# The number of a question (2), with the day that stands before it (1) or after it (3). #}
{% macro question_number_pattern() -%}
    {%- set label = "(?:questions?|pqs?|uins?|official report)(?: (?:numbers?|nos?|uins?|pqs?))*" -%}
    {%- set joined = "(?: (?:to|for|in|response|reply|the|her|his|my|parliamentary|written|oral|official|report))*" -%}
    {%- set stated = "which was|was|answered|given|asked|tabled|submitted|dated|published|on|of|from" -%}
    {%- set weekdays = "monday|tuesday|wednesday|thursday|friday" -%}
    (?:^| )(?:({{ printed_day_pattern() }}){{ joined }} )?{{ label }} ?(hl ?[0-9]{1,5}|[0-9]{3,7})(?:(?: (?:{{ stated }}|{{ weekdays }}))* ({{ printed_day_pattern() }}))?(?: |$)
{%- endmacro %}


{# The day (1) of an answer that is referred to, wherever its number stands, if it has one. #}
{% macro referral_day_pattern() -%}
    (?:^| )refer .{0,150}?(?:answers?|reply|replies|responses?) .{0,150}?({{ printed_day_pattern() }})(?: |$)
{%- endmacro %}


{# A link to a question's page: the day on which it was tabled (1) and its number (2). #}
{% macro question_link_pattern() -%}
    written-questions(?:/|%2F)detail(?:/|%2F)([0-9]{4}-[0-9]{2}-[0-9]{2})(?:/|%2F)([A-Za-z0-9]+)
{%- endmacro %}


{#
    A day as it is printed, as a date; null where there is no such day. Without a year it is the last such day up to
    `said_on`.
#}
{% macro printed_date(printed, said_on) -%}
    {%- set this_year -%}
        try_cast(
            coalesce({{ extract_pattern(printed, "20[0-9]{2}$", 0) }}, cast(extract(year from {{ said_on }}) as string))
            || {{ month_and_day(printed) }} as date
        )
    {%- endset -%}
    case
        when {{ this_year }} > {{ said_on }} and {{ extract_pattern(printed, "20[0-9]{2}$", 0) }} is null
            then try_cast(
                cast(extract(year from {{ said_on }}) - 1 as string) || {{ month_and_day(printed) }} as date
            )
        else {{ this_year }}
    end
{%- endmacro %}


{# Of a printed day, what follows the year in ISO 8601: "-10-29". #}
{% macro month_and_day(printed) -%}
    '-' || cast(
        cast(
            (instr(
                'janfebmaraprmayjunjulaugsepoctnovdec',
                substr({{ extract_pattern(printed, "[a-z]{3,}", 0) }}, 1, 3)
            ) + 2) / 3 as int
        ) as string
    ) || '-' || {{ extract_pattern(printed, "^[0-9]+", 0) }}
{%- endmacro %}
