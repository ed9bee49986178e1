{% set of_affected = affected_units('answer_key', {
    'int_answer_versions': 'answer_key',
}) %}

with versions as (select * from {{ ref('int_answer_versions') }} {{ of_affected }}),

version_counts as (
    select
        answer_key,
        count(*) as version_count
    from versions
    group by answer_key
),

described as (
    select
        versions.*,
        version_counts.version_count,
        {{ normalise_text('versions.answer_text') }} as answer_words
    from versions
    inner join version_counts on versions.answer_key = version_counts.answer_key
),

-- Most answers have one version, so only the texts of the others are ordered and compared.
numbered as (
    select
        *,
        row_number() over (
            partition by answer_key
            order by
                case when is_current then 1 else 0 end,
                case version_kind when 'holding' then 1 when 'final' then 2 else 3 end,
                stated_on nulls last
        ) as version_number
    from described
    where version_count > 1
),

-- Versions are compared only if both texts are known whole.
followed as (
    select
        *,
        case when not is_truncated then answer_words end as later_words,
        lag(case when not is_truncated then answer_words end) over (
            partition by answer_key
            order by version_number
        ) as earlier_words
    from numbered
),

listed as (
    select
        *,
        {{ list_unique(split_words('later_words')) }} as later_list,
        {{ list_unique(split_words('earlier_words')) }} as earlier_list,
        {{ list_unique(extract_patterns('later_words', '[^ ]*[0-9][^ ]*')) }} as later_figures,
        {{ list_unique(extract_patterns('earlier_words', '[^ ]*[0-9][^ ]*')) }} as earlier_figures
    from followed
),

compared as (
    select
        *,
        {{ changed_count('later_figures', 'earlier_figures') }} > 0 as is_figure_changed,
        cast({{ changed_count('later_list', 'earlier_list') }} as double)
        / {{ total_count('later_list', 'earlier_list') }} as changed_word_share
    from listed
),

{% set columns = [
    'answer_key', 'document_id', 'version_kind', 'answer_text', 'answer_words', 'stated_on', 'is_current', 'is_truncated'
] %}
all_versions as (
    select
        {{ columns | join(', ') }},
        1 as version_number,
        cast(null as boolean) as is_figure_changed,
        cast(null as double) as changed_word_share
    from described
    where version_count = 1
    union all
    select
        {{ columns | join(', ') }},
        version_number,
        is_figure_changed,
        changed_word_share
    from compared
)

select
    -- keys
    {{ surrogate_key(["'version'", "answer_key", "version_kind", "stated_on"]) }} as answer_version_key,
    answer_key,

    -- ids
    document_id,
    cast(version_number as bigint) as version_number,

    -- kinds
    version_kind,

    -- text
    answer_text,
    md5(answer_words) as answer_text_hash,

    -- dates
    stated_on,

    -- flags
    is_current,
    is_truncated,
    is_figure_changed,

    -- shares
    changed_word_share
from all_versions
