-- No two periods of one member hold on the same day.
select
    earlier.member_id,
    earlier.valid_from,
    later.valid_from as overlapping_from
from {{ ref('int_member_periods') }} as earlier
inner join {{ ref('int_member_periods') }} as later
    on earlier.member_id = later.member_id
    and earlier.held_from < later.held_from
    and earlier.held_before > later.held_from
