-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("government_post", [
    "ordinal as post_ordinal",
    "member_id",
    "member_name_text",
    "post_text",
    "department_text",
    "start_on",
    "end_on"
]) }}
