with matches as (select * from {{ ref('int_person_matches') }}),
people as (select * from {{ ref('int_people') }}),
posts as (select * from {{ ref('int_government_posts') }}),
office_holders as (select * from {{ ref('int_office_holders') }}),
questions as (select * from {{ ref('int_questions') }}),

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
),

-- No minister asks written questions, so who asked in the fortnights before and after a day was none on that day.
askers as (
    select
        matches.person_key,
        'asked written questions on ' || cast(min(questions.tabled_on) as string) || ' and '
        || cast(max(questions.tabled_on) as string) as asked_text
    from matches
    inner join questions on matches.member_id = questions.asking_member_id
    where
        matches.post_text is not null
        and questions.is_identified
        and questions.question_type = 'written'
        and abs({{ days_between('questions.tabled_on', 'matches.named_on') }}) <= 14
    group by matches.person_key, matches.named_on
    having min(questions.tabled_on) < matches.named_on and max(questions.tabled_on) > matches.named_on
)

select
    -- keys
    matches.person_key,

    -- text
    matches.post_text as as_printed,
    coalesce(holders.holders_text, askers.asked_text) as register_says
from matches
inner join people on matches.person_key = people.person_key
left join holders
    on matches.person_key = holders.person_key
    and people.post_label = holders.printed_label
left join ministers on matches.person_key = ministers.person_key
left join post_labels on people.post_label = post_labels.post_label
left join askers
    on matches.person_key = askers.person_key
    and (
        people.post_label like 'secretary of state for %'
        or people.post_label like 'minister of state%'
        or people.post_label like 'minister for %'
        or people.post_label like 'parliamentary under secretary%'
    )
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
        or (askers.person_key is not null and not coalesce(ministers.is_minister, false))
    )
