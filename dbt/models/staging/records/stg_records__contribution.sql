-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("contribution", [
    "ordinal as contribution_ordinal",
    "text as contribution_text",
    "char_start",
    "char_end",
    "debate_ordinal",
    "contribution_id",
    "role",
    "is_role_inferred",
    "speaker_member_id",
    "speaker_text",
    "speaker_party_text",
    "speaker_constituency_text",
    "speaker_post_text",
    "reply_to_ordinal",
    "question_ordinal",
    "answer_ordinal"
]) }}
