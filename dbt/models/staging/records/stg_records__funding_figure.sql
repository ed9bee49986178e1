-- Made by `make staging` from include/orderpaper/records/types; change it there.
{{ staged_records("funding_figure", [
    "ordinal as figure_ordinal",
    "statement_kind",
    "statement_ordinal",
    "text_char_start",
    "text_char_end",
    "char_start",
    "char_end",
    "surface",
    "amount_low",
    "amount_high",
    "currency",
    "qualifier",
    "category",
    "is_increase",
    "period",
    "programme_text",
    "recipient_text",
    "rule",
    "sentence",
    "list_lead_text",
    "total_ordinal"
]) }}
