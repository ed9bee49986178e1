with divisions as (select * from {{ ref('stg_records__division') }}),
votes as (select * from {{ ref('stg_records__vote') }}),

-- The tellers of the Lords are counted with their side, those of the Commons are not.
sided as (
    select
        document_id,
        division_ordinal,
        is_teller,
        case when side in ('aye', 'both') and not is_teller or side = 'content' then 1 end as is_aye,
        case when side in ('no', 'both') and not is_teller or side = 'not_content' then 1 end as is_no
    from votes
),

counts as (
    select
        document_id,
        division_ordinal,
        count(is_aye) as aye_count,
        count(is_no) as no_count,
        count(case when is_teller then 1 end) as teller_count
    from sided
    group by document_id, division_ordinal
)

select
    -- keys
    {{ surrogate_key(["'division'", "divisions.document_id", "divisions.division_ordinal"]) }} as division_key,
    {{ surrogate_key(["'debate'", "divisions.document_id", "divisions.debate_ordinal"]) }} as debate_key,
    {{ surrogate_key(["'contribution'", "divisions.document_id", "divisions.contribution_ordinal"]) }}
        as contribution_key,

    -- ids
    divisions.document_id,
    divisions.division_ordinal,
    divisions.division_number,

    -- kinds
    divisions.house,

    -- dates
    divisions.divided_on,

    -- counts
    divisions.announced_aye_count,
    divisions.announced_no_count,
    coalesce(counts.aye_count, 0) as aye_count,
    coalesce(counts.no_count, 0) as no_count,
    coalesce(counts.teller_count, 0) as teller_count
from divisions
left join counts
    on divisions.document_id = counts.document_id
    and divisions.division_ordinal = counts.division_ordinal
