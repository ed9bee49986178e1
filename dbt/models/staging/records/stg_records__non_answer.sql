-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("non_answer", [
    "ordinal as non_answer_ordinal",
    "statement_kind",
    "statement_ordinal",
    "non_answer_kind",
    "phrase"
]) }}
