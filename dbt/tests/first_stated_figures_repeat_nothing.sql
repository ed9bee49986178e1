-- A figure that others repeat is not itself a repeat, so that leaving repeats out of a sum keeps each figure once.
select
    figures.figure_key,
    figures.first_stated_figure_key
from {{ ref('fct_funding_figure') }} as figures
inner join {{ ref('fct_funding_figure') }} as first_figures
    on figures.first_stated_figure_key = first_figures.figure_key
where first_figures.first_stated_figure_key is not null
