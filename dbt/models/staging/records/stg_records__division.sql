-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("division", [
    "ordinal as division_ordinal",
    "debate_ordinal",
    "contribution_ordinal",
    "division_number",
    "house",
    "divided_on",
    "announced_aye_count",
    "announced_no_count"
]) }}
