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

