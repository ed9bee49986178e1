-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("answer_signature", [
    "ordinal as answer_signature_ordinal",
    "statement_kind",
    "statement_ordinal",
    "run_hashes",
    "band_hashes",
    "number_hashes",
    "name_hashes",
    "place_hashes",
    "filling_hashes"
]) }}
