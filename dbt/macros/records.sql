{# Made by `make staging` from include/orderpaper/records/types; change it there. #}

{# The models of statements, one for each kind. #}
{% macro statement_models() -%}
    int_post_section_statements
    int_contribution_statements
    int_question_statements
    int_answer_statements
    int_written_statement_statements
{%- endmacro %}


{# The models of attributions, one for each role. #}
{% macro attribution_models() -%}
    int_voter_attributions
    int_mentioned_attributions
    int_quoted_attributions
    int_lead_attributions
    int_speaker_attributions
    int_asker_attributions
    int_answerer_attributions
    int_minister_attributions
{%- endmacro %}


{# The kinds of statement that no person makes: a department publishes them. #}
{% macro kinds_without_author() -%}
    'post_section'
{%- endmacro %}


{# The heading and the text of every statement, from the marts of statements. #}
{% macro statement_texts() -%}
    select section_key as statement_key, 'post_section' as statement_kind, heading, section_text as statement_text from {{ ref('fct_post_section') }} union all
    select contribution_key as statement_key, 'contribution' as statement_kind, cast(null as string) as heading, contribution_text as statement_text from {{ ref('fct_contribution') }} union all
    select question_key as statement_key, 'question' as statement_kind, heading, question_text as statement_text from {{ ref('fct_question') }} union all
    select answer_key as statement_key, 'answer' as statement_kind, cast(null as string) as heading, answer_text as statement_text from {{ ref('fct_answer') }} union all
    select written_statement_key as statement_key, 'written_statement' as statement_kind, heading, written_statement_text as statement_text from {{ ref('fct_written_statement') }}
{%- endmacro %}
