-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("debate", [
    "ordinal as debate_ordinal",
    "debate_id",
    "title",
    "house",
    "debated_on",
    "debate_type_text",
    "lead_member_text",
    "announced_contributor_count"
]) }}
