-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("written_statement", [
    "ordinal as written_statement_ordinal",
    "text as written_statement_text",
    "char_start",
    "char_end",
    "statement_id",
    "uin",
    "house",
    "made_on",
    "member_id",
    "made_by_text",
    "post_text",
    "answering_body_id",
    "answering_body_text",
    "heading",
    "html as written_statement_html",
    "is_truncated",
    "linked_statement_ids",
    "attachment_titles",
    "attachment_urls",
    "html is not null as has_markup"
]) }}
