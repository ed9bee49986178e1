-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("quote", [
    "ordinal as quote_ordinal",
    "section_ordinal",
    "speaker_text",
    "speaker_post_text",
    "is_block",
    "text as quote_text",
    "char_start",
    "char_end"
]) }}
