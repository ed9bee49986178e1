-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("member_merge", [
    "ordinal as merge_ordinal",
    "member_id",
    "merged_into_member_id"
]) }}
