select
    -- keys
    question_key,
    answer_key,

    -- counts
    response_days,
    response_sitting_days,

    -- flags
    is_late,
    is_after_nominal_date,
    is_last_answer
from {{ ref('int_question_answers') }}
