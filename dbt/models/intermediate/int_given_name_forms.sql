with given_names as (select * from {{ ref('given_name') }})

select
    short_name as given_name,
    full_name as other_given_name
from given_names
union
select
    full_name as given_name,
    short_name as other_given_name
from given_names
union
select
    one.short_name as given_name,
    other.short_name as other_given_name
from given_names as one
inner join given_names as other on one.full_name = other.full_name and one.short_name != other.short_name
