-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("question_words", [
    "ordinal as question_words_ordinal",
    "statement_kind",
    "statement_ordinal",
    "word_hashes"
]) }}
