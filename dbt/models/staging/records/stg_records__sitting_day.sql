-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("sitting_day", [
    "ordinal as sitting_day_ordinal",
    "house",
    "sat_on"
], keeps_old_versions=true) }}
