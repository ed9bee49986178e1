{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('subject_hash', {'int_figure_subjects': 'subject_hash'}) %}

with subjects as (select * from {{ ref('int_figure_subjects') }} {{ of_affected }})

select
    -- keys
    figure_key,
    subject_hash,
    first_value(figure_key) over (
        partition by subject_hash
        order by
            stated_on nulls last,
            document_id,
            statement_kind,
            statement_ordinal,
            text_char_start,
            text_char_end
        rows between unbounded preceding and unbounded following
    ) as first_figure_key
from subjects
