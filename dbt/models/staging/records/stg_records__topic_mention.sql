-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("topic_mention", [
    "ordinal as topic_mention_ordinal",
    "statement_kind",
    "statement_ordinal",
    "topic_key",
    "phrase",
    "is_in_heading"
]) }}
