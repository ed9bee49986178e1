{# Which answers were changed after they were given, and how much? #}
select
    versions.answer_key,
    answers.first_uin,
    versions.version_kind,
    versions.stated_on,
    round(versions.changed_word_share, 2) as changed_word_share,
    versions.is_figure_changed
from {{ ref('fct_answer_version') }} as versions
inner join {{ ref('answers') }} as answers on versions.answer_key = answers.answer_key
where versions.version_number > 1
order by versions.changed_word_share desc, versions.answer_key, versions.version_number
limit 10
