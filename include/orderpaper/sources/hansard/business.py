"""Find what kind of business a debate is, from the style of its heading."""

import re

from orderpaper.sources._official_report.roles import ORAL_ANSWERS, Business, business_in_words
from orderpaper.sources._official_report.turns import Turn
from orderpaper.sources.hansard.payload import Overview

_WESTMINSTER_HALL = "Westminster Hall"
_TYPES = {
    "hs_8Question": ORAL_ANSWERS,
    "hs_2cUrgentQuestion": "Urgent Question",
    "hs_2cStatement": "Statement",
    "hs_8Statement": "Written Statement",
    "hs_2cWestHallDebate": _WESTMINSTER_HALL,
    "hs_2WestHallDebate": _WESTMINSTER_HALL,
    "hs_2cDebatedMotion": "Motion",
    "hs_2DebatedMotion": "Motion",
    "hs_2cBillTitle": "Bill",
    "hs_2BillTitle": "Bill",
    "hs_2BusinessWODebate": "Business without Debate",
    "hs_2cSO24Application": "Application for Emergency Debate",
    "hs_8Petition": "Petition",
}
_MANY_KINDS = "hs_2DebBill"
"""The style of bills, and also of adjournments, statements and debates in Westminster Hall."""
_BILL = re.compile(r"\bBill\b")
_LORDS_TYPES = (
    "Question",
    "Statement",
    "Urgent Question",
    "Commons Urgent Question",
    "Private Notice Question",
    "Motion",
)
"""Kinds of business that the first line of a Lords debate names. All Lords headings have the same style."""


def type_of(overview: Overview, turns: list[Turn]) -> str | None:
    """Return the kind of business in words, or None if neither the style of the heading nor the first line tells."""
    if overview.house == "Lords" and turns and turns[0].speaker is None and turns[0].text in _LORDS_TYPES:
        return turns[0].text
    if overview.hrs_tag != _MANY_KINDS:
        return _TYPES.get(overview.hrs_tag or "")
    if _BILL.search(overview.title):
        return "Bill"
    return _WESTMINSTER_HALL if overview.location == _WESTMINSTER_HALL else None


def business_of(debate_type: str | None, turns: list[Turn]) -> Business:
    """Return the kind of business, which decides the roles of turns."""
    if debate_type == ORAL_ANSWERS or any(turn.question for turn in turns):
        return Business.QUESTIONS
    if debate_type is None:
        return business_in_words(turns)
    if debate_type in ("Statement", "Written Statement"):
        return Business.STATEMENT
    return Business.ASKED if debate_type.endswith("Question") else Business.DEBATE
