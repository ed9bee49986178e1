with matches as (select * from {{ ref('int_person_matches') }}),
people as (select * from {{ ref('int_people') }}),
posts as (select * from {{ ref('int_government_posts') }}),
office_holders as (select * from {{ ref('int_office_holders') }}),

-- The members who held the printed office on that day, if that is confirmed.
holders as (
    select
        office_holders.person_key,
        office_holders.printed_label,
        {{ join_distinct('office_holders.name') }} as holders_text,
        max(case when office_holders.member_id = matches.member_id then 1 else 0 end) = 1 as is_held
    from office_holders
    inner join matches on office_holders.person_key = matches.person_key
    where office_holders.is_confirmed
    group by office_holders.person_key, office_holders.printed_label
),

-- Whether a member who has ever been in government was in government on that day, if that is confirmed.
ministers as (
    select
        matches.person_key,
        max(case when {{ holds_on('posts', 'matches.named_on') }} then 1 else 0 end) = 1 as is_minister
    from matches
    inner join posts on matches.member_id = posts.member_id
    group by matches.person_key, matches.named_on
    having coalesce(matches.named_on <= max(posts.confirmed_on), true)
),

post_labels as (
    select distinct post_label
    from posts
)

select
    -- keys
    matches.person_key,

    -- text
    matches.post_text as as_printed,
    holders.holders_text as register_says
from matches
inner join people on matches.person_key = people.person_key
left join holders
    on matches.person_key = holders.person_key
    and people.post_label = holders.printed_label
left join ministers on matches.person_key = ministers.person_key
left join post_labels on people.post_label = post_labels.post_label
where
    matches.is_in_register
    and not coalesce(holders.is_held, false)
    and (
        (
            holders.person_key is not null
            and (
                people.post_label in ('prime minister', 'chancellor', 'chancellor of the exchequer')
                or people.post_label like 'secretary of state for %'
                or people.post_label like '% secretary'
            )
        )
        or (post_labels.post_label is not null and not ministers.is_minister)
    )
