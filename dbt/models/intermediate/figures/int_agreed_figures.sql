{{ config(materialized=tracked_table()) }}

{% set of_affected = affected_units('agreement_hash', {
    'int_figure_subjects': 'agreement_hash',
    'int_first_figures': ['figure_key', 'int_figure_subjects'],
}) %}

with subjects as (select * from {{ ref('int_figure_subjects') }} {{ of_affected }}),
firsts as (select * from {{ ref('int_first_figures') }})

select
    -- keys
    subjects.figure_key,
    subjects.agreement_hash,
    first_value(subjects.figure_key) over (
        partition by subjects.agreement_hash
        order by
            subjects.stated_on nulls last,
            subjects.document_id,
            subjects.statement_kind,
            subjects.statement_ordinal,
            subjects.text_char_start,
            subjects.text_char_end
        rows between unbounded preceding and unbounded following
    ) as agreed_figure_key
from subjects
inner join firsts on subjects.figure_key = firsts.figure_key
where subjects.agreement_hash is not null and firsts.figure_key = firsts.first_figure_key
