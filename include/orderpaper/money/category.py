"""funding, spend, rate or other: what kind of money a sum is. First version: ordered cue rules."""

import re
from decimal import Decimal

_RULES: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        "rate",
        "per unit after the sum",
        re.compile(r"^\s*(?:per\b|p/|an hour|a week|a month|a year|each\b|pa\b|/)", re.I),
    ),
)
_BEFORE = (
    (
        "other",
        re.compile(
            r"sav(?:e|ing|ings)\b|revenue|rais(?:e|ing)\b|economy|fraud|debt|losses|recovered|exports?|pressure|black hole|private",
            re.I,
        ),
    ),
    ("spend", re.compile(r"\bspen[dt]\b|cost(?:s|ed)?\b|paid|expenditure|total(?:led|ling)", re.I)),
    ("funding", re.compile(r"fund|invest|grant|award|allocat|provid|budget|settlement|support|commit|announc", re.I)),
)


def classify(before: str, after: str, sentence: str, high: Decimal) -> tuple[str, str]:
    """The category of a sum and the rule that decided it."""
    for category, rule, pattern in _RULES:
        if pattern.search(after):
            return category, rule
    if high < 100_000 and not re.search(r"\bspen[dt]\b|cost|paid|fund|grant|invest", before, re.I):
        return "rate", "small sum"
    for part in (before[-60:], sentence):
        for category, pattern in _BEFORE:
            if match := pattern.search(part):
                return category, match[0].lower()
    return ("rate", "small sum") if high < 100_000 else ("funding", "large sum")
