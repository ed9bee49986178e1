-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("drift", [
    "ordinal as drift_ordinal",
    "field_path",
    "example"
]) }}
