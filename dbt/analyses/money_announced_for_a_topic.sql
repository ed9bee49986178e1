{# Who has announced money for violence against women and girls, and how often? #}
select
    coalesce(first_figures.figure_key, figures.figure_key) as announced_figure_key,
    max(figures.programme) as programme,
    max(figures.amount_high_gbp) as amount_high_gbp,
    min(figures.stated_on) as first_stated_on,
    max(figures.department) as department,
    count(*) as statement_count
from {{ ref('funding') }} as figures
left join {{ ref('funding') }} as first_figures on figures.first_stated_figure_key = first_figures.figure_key
where figures.topics like '%Violence against women and girls%' and figures.category = 'funding'
group by coalesce(first_figures.figure_key, figures.figure_key)
order by statement_count desc, amount_high_gbp desc, announced_figure_key
limit 10
