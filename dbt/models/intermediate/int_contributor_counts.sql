with debates as (select * from {{ ref('stg_records__debate') }}),
contributions as (select * from {{ ref('stg_records__contribution') }}),

-- A contributor is known by the name printed beside a turn or, without a name, by the seat.
speakers as (
    select
        contributions.document_id,
        contributions.debate_ordinal,
        case
            when contributions.role != 'chair'
                then coalesce(
                        {{ normalise_name('contributions.speaker_text') }},
                        {{ normalise_seat('contributions.speaker_constituency_text') }}
                    )
        end as speaker_label,
        {{ normalise_name('debates.lead_member_text') }} as lead_label
    from contributions
    inner join debates
        on contributions.document_id = debates.document_id
        and contributions.debate_ordinal = debates.debate_ordinal
)

select
    -- ids
    document_id,
    debate_ordinal,

    -- counts
    count(distinct case when lead_label is null or speaker_label != lead_label then speaker_label end)
        as found_contributor_count,
    count(*) as contribution_count
from speakers
group by document_id, debate_ordinal
