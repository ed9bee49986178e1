select
    -- keys
    question_key,
    answer_key,

    -- counts
    response_days,
    response_sitting_days,

    -- flags
    is_late
from {{ ref('int_question_answers') }}
