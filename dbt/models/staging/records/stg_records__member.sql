-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("member", [
    "ordinal as member_ordinal",
    "member_id",
    "name",
    "list_name",
    "full_title",
    "gender",
    "party_text",
    "house",
    "constituency_text",
    "membership_start_on",
    "membership_end_on",
    "membership_end_reason_text",
    "membership_end_reason_id",
    "membership_end_notes_text",
    "status_text",
    "status_notes_text",
    "status_start_on",
    "is_current"
]) }}
