"""A sum of money, and the signs by which a text says that it is negative."""

import re
from dataclasses import dataclass
from decimal import Decimal

_BRACKETED_MINUS = re.compile(
    r"\)\s(?:under|over)?[-\s]?(?:spend|spent|deficit|loss|shortfall|variance)\b", re.IGNORECASE
)
_BRACKET_FOLLOWS = re.compile(r"(?:\b(?:of|was|were|is|are|at|to|by)|[:=])\s?\($")
"""Matches before a sum that is the object of the sentence, or follows a colon, and is in brackets all the same."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money: its place in a text and its value in whole currency units."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    currency: str
    flag: str | None = None
    """How it was read, if what is printed is doubtful."""


def with_minus(text: str, amount: Amount, has_minus: bool) -> Amount:
    """Return an amount with its sign: −£3m, £-3m, a cell "(£3m)", "a (£3m) underspend" or "a loss of (£3m)"."""
    before, after = text[max(0, amount.start - 2) : amount.start], text[amount.end : amount.end + 2]
    start, end, flag = amount.start, amount.end, "printed with a minus sign"
    if before[-1:] == "−" or (before[-1:] in ("-", "–") and not has_minus and _is_minus(text, amount.start - 1)):
        start -= 1
    elif text.startswith("minus ", max(0, amount.start - 6)):
        start -= 6
    elif (
        before[-1:] == "("
        and after[:1] == ")"
        and (
            (before[:-1] == "\t" or after[1:] == "\t")
            or _BRACKETED_MINUS.match(text, amount.end)
            or _BRACKET_FOLLOWS.search(text, max(0, amount.start - 8), amount.start)
        )
    ):
        start, end, flag = start - 1, end + 1, "brackets read as a minus sign"
    elif not has_minus:
        return amount
    return Amount(start, end, -amount.high, -amount.low, amount.currency, amount.flag or flag)


def _is_minus(text: str, at: int) -> bool:
    """Return whether the dash before a sum is a minus sign, and not a hyphen or the mark of an item of a list."""
    if at and text[at - 1] != "\n":
        return text[at - 1] in " \t("
    line_end = text.find("\n", at)
    before, after = text[:at].rstrip().rpartition("\n")[2], text[line_end + 1 : line_end + 2] if line_end >= 0 else ""
    return not before.endswith(":") and not before.startswith(text[at]) and after != text[at]
