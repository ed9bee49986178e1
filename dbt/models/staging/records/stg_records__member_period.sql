-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("member_period", [
    "ordinal as period_ordinal",
    "member_id",
    "attribute",
    "value_text",
    "start_on",
    "end_on",
    "end_reason_text",
    "end_reason_id",
    "end_notes_text"
]) }}
