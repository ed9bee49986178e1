-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("post_section", [
    "ordinal as section_ordinal",
    "text as section_text",
    "char_start",
    "char_end",
    "heading"
]) }}
