-- A question is answered in fct_question if and only if the bridge to fct_answer has an answer to it.
select
    questions.question_key,
    questions.is_answered
from {{ ref('fct_question') }} as questions
left join {{ ref('bridge_question_answer') }} as question_answers
    on questions.question_key = question_answers.question_key
group by questions.question_key, questions.is_answered
having questions.is_answered != (count(question_answers.answer_key) > 0)
