{{ config(severity='warn') }}

-- A history cannot be shown if the member is not in the register: the search pages are not loaded, or incomplete.
select distinct periods.member_id
from {{ ref('stg_records__member_period') }} as periods
left join {{ ref('stg_records__member') }} as members on periods.member_id = members.member_id
where members.member_id is null
