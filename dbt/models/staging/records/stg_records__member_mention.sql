-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("member_mention", [
    "ordinal as mention_ordinal",
    "statement_kind",
    "statement_ordinal",
    "text_char_start",
    "text_char_end",
    "char_start",
    "char_end",
    "as_printed",
    "member_name_text",
    "constituency_text",
    "post_text"
]) }}
