{# `condition` holds for every row; rows for which it is null pass. #}
{% test is_true(model, condition) %}
select *
from {{ model }}
where not ({{ condition }})
{% endtest %}
