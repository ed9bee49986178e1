-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("answer", [
    "ordinal as answer_ordinal",
    "text as answer_text",
    "char_start",
    "char_end",
    "question_ordinals",
    "answered_on",
    "answering_member_id",
    "answered_by_text",
    "answered_by_post_text",
    "html as answer_html",
    "is_truncated",
    "is_holding",
    "is_correction",
    "held_on",
    "corrected_on",
    "correcting_member_id",
    "original_text as original_answer_text",
    "attachment_count",
    "attachment_titles",
    "attachment_urls",
    "html is not null as has_markup"
]) }}
