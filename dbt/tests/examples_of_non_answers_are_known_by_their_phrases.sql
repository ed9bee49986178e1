-- The example of each phrase contains the phrase, and the phrase that counts for it is of the same kind.
with phrases as (
    select * from {{ ref('non_answer_phrase') }}
),

examples as (
    select
        phrase as own_phrase,
        non_answer_kind as own_kind,
        {{ normalise_text('example_text') }} as example_words
    from phrases
),

found as (
    select
        examples.own_phrase,
        examples.own_kind,
        phrases.phrase,
        phrases.non_answer_kind,
        rank() over (partition by examples.own_phrase order by phrases.priority) as kind_rank
    from examples
    left join phrases
        on (
            case
                when phrases.is_opening_only then {{ opening_words('examples.example_words') }}
                else {{ edge_words('examples.example_words') }}
            end
        ) like '%' || phrases.phrase || '%'
)

select
    own_phrase,
    own_kind
from found
group by own_phrase, own_kind
having
    count(case when phrase = own_phrase then 1 end) = 0
    or count(case when kind_rank = 1 and non_answer_kind != own_kind then 1 end) > 0
