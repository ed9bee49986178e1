with debates as (
    select
        *,
        {{ surrogate_key(["'debate'", "document_id", "debate_ordinal"]) }} as debate_key
    from {{ ref('stg_records__debate') }}
),

documents as (select * from {{ ref('stg_landing__document') }}),
people as (select * from {{ ref('int_statement_people') }}),
contributor_counts as (select * from {{ ref('int_contributor_counts') }})

select
    -- keys
    debates.debate_key,
    leads.member_key as lead_member_key,

    -- ids
    debates.document_id,
    debates.debate_ordinal,
    debates.debate_id,

    -- kinds
    debates.house,
    leads.match_method,

    -- shares
    leads.match_confidence,

    -- text
    debates.title,
    debates.debate_type_text,
    debates.lead_member_text,
    {{ debate_url('debates.house', 'debates.debated_on', 'debates.debate_id', 'debates.title') }} as public_url,
    {{ cite_debate('debates.house', 'debates.debated_on', 'debates.title') }} as cite_as,

    -- dates
    coalesce(debates.debated_on, documents.published_on) as debated_on,

    -- counts
    debates.announced_contributor_count,
    coalesce(contributor_counts.found_contributor_count, 0) as found_contributor_count,
    coalesce(contributor_counts.contribution_count, 0) as contribution_count
from debates
inner join documents on debates.document_id = documents.document_id
left join people as leads
    on debates.debate_key = leads.statement_key
    and leads.person_role = 'lead'
left join contributor_counts
    on debates.document_id = contributor_counts.document_id
    and debates.debate_ordinal = contributor_counts.debate_ordinal
