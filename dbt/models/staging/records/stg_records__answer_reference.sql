-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("answer_reference", [
    "ordinal as answer_reference_ordinal",
    "statement_kind",
    "statement_ordinal",
    "refers_to_uin",
    "refers_to_on",
    "linked_on"
]) }}
