-- A figure that others repeat is not a repeat itself, so that a sum without repeats has each figure once.
select
    figures.figure_key,
    figures.first_stated_figure_key
from {{ ref('fct_funding_figure') }} as figures
inner join {{ ref('fct_funding_figure') }} as first_figures
    on figures.first_stated_figure_key = first_figures.figure_key
where first_figures.first_stated_figure_key is not null
