{{ config(severity='warn') }}

-- A history without its member in the register cannot be shown: search pages were not loaded, or miss somebody.
select distinct periods.member_id
from {{ ref('stg_records__member_period') }} as periods
left join {{ ref('stg_records__member') }} as members on periods.member_id = members.member_id
where members.member_id is null
