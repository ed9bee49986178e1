"""Find the year to which a text assigns a sum, among the years around it."""

import re
from collections.abc import Sequence

from orderpaper.enrichment.money.amount import Amount
from orderpaper.enrichment.money.figure import Figure
from orderpaper.enrichment.money.lists import Item
from orderpaper.enrichment.money.sentences import Sentences
from orderpaper.enrichment.money.tables import Labels
from orderpaper.enrichment.money.years import Mention, Periods, financial, year_of

_PART_OF_TOTAL = re.compile(r",? (?:meaning|bringing|taking|making|giving|resulting in|for|to) (?:\w+ ){0,4}total")
WINDOW = 400
"""How many characters before and after a sum, within its sentence, its year may be."""
NEAR, FAR = 100, 140
"""How many characters after a sum a calendar year may be, and any year behind another sum."""
_UNTIED_AFTER = re.compile(
    r"[^.;,£]{0,40}?\s(?:since\s(?:\w+\s)?(?:19|20)\d\d|(?:in|over|for)\sthe\s(?:\w+\s)?(?:previous|preceding)\s"
    r"|(?:in\sthe\s)?(?:\w+\s)?years?\s(?:previous|before|earlier|previously)\b)"
)
"""Matches after a sum that belongs to a time without a name: "since 2015", "in the three years previous"."""
_OVER_YEARS = re.compile(
    r"(?:\s[\w-]+){0,4}?\sover\s(?:an?\s|the\s)?(?:next\s|first\s)?(?:\d+|two|three|four|five|six|ten)[-\s]years?\b"
)
"""Matches after a sum that belongs to more than one year: "In 2023 … a grant of £5m over four years"."""
_OTHER_CLAUSE = re.compile(r",\s(?:with|who|where|while|whereas|although)\s|;\s|\):?\s")
"""Matches between a sum and a later year that belongs to another clause."""
_UNNAMED_YEAR = re.compile(
    r"(?:\s[\w-]+){0,3}\s(?:this|next|last)\s(?:financial\s|calendar\s|academic\s)?year\b(?!,?\s\(?(?:FY\s?)?(?:19|20)?\d\d)"
)
"""Matches after a sum that belongs to a year that only the day of the text names: not the year of the sum before."""
_EVERY_YEAR = re.compile(r"(?:\s[a-z-]+){0,3}\s(?:(?:a|per|each|every)\s(?:year|annum)|annually)\b")
_BY = re.compile(r"\b[Bb]y\s$")
"""Matches before a calendar year up to which a yearly sum is reached: "£10bn a year by 2050"."""
_TO_ANOTHER = re.compile(
    r"\)?,?\s(?:[a-z]+\s){0,3}?(?:to|from|(?:compared|compares|comparison)\s(?:to|with)|against|versus|than)\s(?:[a-z]+\s){0,3}"
)
"""Matches between the year of a sum and another sum that is of another time: "£3m in 2022-23 to £5m"."""
_IN_YEAR = re.compile(r"[ ](?:\(?[a-z]+[ ]){0,4}\(?(?:FY[ ]?)?")
"""Matches between a sum and its year: "£3m in the financial year 2022-23"."""
_COMPARED = re.compile(
    r"\b(?:[Cc]ompared\s(?:to|with)|[Uu]p\sfrom|[Dd]own\sfrom|[Aa]gainst|[Vv]ersus)\s(?:[a-z]+\s){0,3}$"
)
"""Matches before a sum with which the next one is compared: "Compared with £3m in 2022-23, £5m"."""
_GOES_ON = re.compile(r"(?:This|These|Of this|Of which|It|That|Included in this|Within this|The total|Total)\b")


def tie(
    text: str,
    periods: Periods,
    sentences: Sentences,
    amounts: list[Amount],
    index: int,
    *,
    previous: Figure | None,
    labels: Labels | None,
) -> str | None:
    """Return the period of the sum `amounts[index]`; `previous` is the figure of the previous sum.

    A table cell has the year of its header or row label. A sentence that continues about the sums before it ("This
    includes …") has theirs.
    """
    if labels:
        return year_of(labels.column) or year_of(labels.row) or year_of(labels.caption)
    amount = amounts[index]
    number = sentences.index_at(amount.start)
    start, end = sentences.span(number)
    start, end = max(start, amount.start - WINDOW), min(end, amount.end + WINDOW)
    next_start = amounts[index + 1].start if index + 1 < len(amounts) else len(text)
    chosen = _choose(periods.between(start, end), text, amounts[index - 1] if index else None, amount, next_start)
    goes_on = previous is not None and sentences.index_at(previous.start) >= number - 1 and _GOES_ON.match(text, start)
    return previous.period if chosen is None and previous and goes_on else chosen


def of_lead(periods: Periods, sentences: Sentences, item: Item | None) -> str | None:
    """Return the only year of the sentence that introduces a list, if it is one: that of items that name none."""
    if item is None:
        return None
    start, end = sentences.span(sentences.index_at(max(item.lead_start, item.lead_end - 1)))
    years = {mention.period for mention in periods.between(max(start, end - WINDOW), end) if mention.role == "year"}
    year = years.pop() if len(years) == 1 else None
    return None if year and "/" in year else year


def _choose(
    mentions: Sequence[Mention], text: str, previous: Amount | None, amount: Amount, next_start: int
) -> str | None:
    """Return the year directly after a sum, or else the nearest before it, or else a later one, or else the year that
    follows a year of comparison.

    `next_start` is where the next sum starts.
    """
    start, end = amount.start, amount.end
    previous_end = previous.end if previous else 0
    tied = [m for m in mentions if m.role == "year"]
    if _EVERY_YEAR.match(text, end):
        tied = [m for m in tied if len(m.period) > len("2050") or not _BY.search(text, max(0, m.start - 4), m.start)]
    after = [m for m in tied if m.start >= end and (len(m.period) != len("2025") or m.start < end + NEAR)]
    before = [m for m in tied if m.end <= start and m.period and not _is_in_brackets(text, m, start)]
    if _OVER_YEARS.match(text[end : min(next_start, end + NEAR)]):
        before = [m for m in before if "/" in m.period]
    behind = text[end : min(next_start, end + NEAR)]
    if _UNTIED_AFTER.match(behind):
        return None
    if previous and _UNNAMED_YEAR.match(behind):
        before = [m for m in before if m.end <= previous.start]
    if after and after[0].start <= next_start and _is_direct(text[end : after[0].start]):
        return after[0].period or None
    after = [m for m in after if m.period]
    if previous and before and _is_of_previous(text, before[-1], previous, start):
        before = []
    if before and before[-1].start >= previous_end:
        return before[-1].period
    is_elsewhere = after and _OTHER_CLAUSE.search(text, end, after[0].start)
    if is_elsewhere:
        after = []
    if after and after[0].start <= next_start and (not before or after[0].start - end < start - before[-1].end):
        return after[0].period
    if before:
        return before[-1].period
    if (
        after
        and after[0].start <= end + FAR
        and not _TO_ANOTHER.fullmatch(text, end, next_start)
        and (_PART_OF_TOTAL.match(text[end : end + 60]) or not re.search("[;,] |\n", text[end : after[0].start]))
    ):
        return after[0].period
    for mention in mentions:
        if mention.role == "comparison" and (following := _following(mention.period)):
            return following
    return None


def _is_of_previous(text: str, year: Mention, previous: Amount, start: int) -> bool:
    """Return whether a year is that of the previous sum only, because the sum at `start` is compared with it."""
    return (
        year.start >= previous.end
        and _IN_YEAR.fullmatch(text, previous.end, year.start) is not None
        and (
            _TO_ANOTHER.fullmatch(text, year.end, start) is not None
            or _COMPARED.search(text, max(0, previous.start - 40), previous.start) is not None
        )
    )


def _is_in_brackets(text: str, mention: Mention, start: int) -> bool:
    """Return whether a year stands with another sum in brackets that close before the sum at `start`."""
    opened = text.rfind("(", max(0, mention.start - 80), mention.start)
    return (
        opened >= 0
        and ")" not in text[opened : mention.start]
        and ")" in text[mention.end : start]
        and re.search("[£€$]", text[opened : mention.start]) is not None
    )


def _is_direct(gap: str) -> bool:
    return len(gap) < 60 and re.search(r"[,;:]| and ", gap) is None


def _following(period: str) -> str | None:
    """Return the next financial year. A sum that is compared with 2024-25 belongs to 2025-26."""
    match = re.fullmatch(r"(\d{4})-\d\d", period)
    return financial(int(match[1]) + 1) if match else None
