"""The category that the labels of a table give to the sum in a cell."""

import re

_LABELS = tuple(
    (name, category, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for name, category, words in (
        (
            "label of money received",
            "other",
            r"receipts?|received|income|(?:over|under)spends?|revenues?|yields?|debts?|liabilit(?:y|ies)|write-?offs?|written\soff|loss(?:es)?|fraud|savings?|loans?|turnover|exports|imports|sales|profits?|deduct\w*|raised|recovered|recoverable|surplus"
            r"|deficit",
        ),
        (
            "label of money spent",
            "spend",
            r"spend|spent|spending|expenditure(?!\slimits?)|outturn|costs?|paid|total\ssalar(?:y|ies)|invoice\w*|contracts?|payments?",
        ),
        (
            "label of money given",
            "funding",
            r"allocat\w+|(?:CDEL|RDEL|DEL)|expenditure\slimits?|budgets?|funding|grants?|award\w*|settlement|invest\w*",
        ),
    )
)


_FOR_ONE = re.compile(r"\b(?:average|mean|median|per|rate|threshold)\b", re.IGNORECASE)
_AVERAGE = re.compile(
    r"\b(?:average|mean|median)\s(?:[\w-]+\s){0,2}(?:costs?|spend|spending|fees?|pay|payments?|award|salar(?:y|ies)|claim)\b",
    re.IGNORECASE,
)
_EACH = re.compile(r"\beach\b", re.IGNORECASE)


_BAND = re.compile(r"\b(?:less|more|over|under|between|above|below|up\sto)\b|[-–<>]|£.*\bto\b", re.IGNORECASE)


def is_band(surface: str, column: str, row: str) -> bool:
    """Return whether a sum stands in the heading of a column or row: "Between £3,000 and £5,000"."""
    return not surface[:1].isdigit() and (
        (surface in column and _BAND.search(column) is not None) or (not row and _BAND.search(surface) is not None)
    )


def find_label(column: str, row: str, caption: str) -> tuple[str, str] | None:
    """Return the category that the labels of a table cell give, and its name, if they say one thing only."""
    if _AVERAGE.search(f"{column} {row} {caption}"):
        return "rate", "label of an average"
    if not (column or row) or _FOR_ONE.search(f"{column} {row} {caption}") or _EACH.search(f"{column} {row}"):
        return None
    for label in (f"{column} {row}", caption):
        said = [(category, name) for name, category, words in _LABELS if words.search(label)]
        if len(said) == 1:
            return said[0]
        if said:
            return None
    return None
