-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("vote", [
    "ordinal as vote_ordinal",
    "division_ordinal",
    "side",
    "is_teller",
    "printed_name_text",
    "voter_text",
    "voter_constituency_text"
]) }}
