"""Find how an answer points to another one.

The shapes: "I refer the hon. Member to the answer I gave on 29 October 2024 to Question 10122", "the answer to Question
UIN 2676 on 13 November 2024", "PQ12617", "Official Report, 8434". The patterns are for words that `normalise` made.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from orderpaper.enrichment.words.normalise import normalise

_MONTHS = [month.lower() for month in calendar.month_name]
_DAY = rf"[0-9]{{1,2}} ?(?:st |nd |rd |th )?(?:of )?(?:{'|'.join(_MONTHS[1:])})(?: 20[0-9]{{2}})?"
_ANY_DAY = re.compile(rf"[0-9] ?(?:st |nd |rd |th )?(?:of )?(?:{'|'.join(_MONTHS[1:])})")
_LABEL = (
    r"(?:(?:questions?|official report)(?= )|(?:w?pqs?|uins?|q(?=[0-9]{3})))"
    r"(?: (?:numbers?|nos?|uins?|ids?|w?pqs?|house of lords|house of commons))*"
)
_ANSWER_TO = r"(?:answers?|reply|replies|responses?) to(?= [0-9]{4,6}(?: |$))"
"""Words before the number of a question that is not called one: "the Answer to 10968"."""
_LABELS = ("question", "pq", "uin", "official report")
_SHORT_LABEL = re.compile(r"hl ?[0-9]|(?:^| )q[0-9]|(?:answers?|reply|replies|responses?) to [0-9]")
"""With `_LABELS`, what a text has if `_NUMBER` finds anything in it: looking for these first is much faster."""
_UIN = r"(?:hl ?[0-9]{1,5}|[0-9]{3,7}|(?<=pq)[0-9]{1,2}|(?<=pq )[0-9]{1,2})(?![0-9a-z])"
_NEXT_UIN = r"(?:hl ?[0-9]{1,5}|(?!20[0-9]{2} |20[0-9]{2}$)[0-9]{3,7})(?![0-9a-z])"
_JOINED = (
    r"(?: (?:to|for|in|response|reply|the|her|his|my|parliamentary|written|oral|official|report|house|of|lords"
    r"|commons))*"
)
_OWN = re.compile(
    r"(?:^| )(?:(?:will|shall|am|are|is) (?:be )?(?:writ|repl|respond|answer)\w*|(?:have|has) written)"
    r"(?: (?!refer )\w+){0,9}? (?:to|about|on|regarding)$"
)
"""Words before the numbers of questions that the answer itself is to: "I will write in response to Questions 1, 2"."""
_TOGETHER = re.compile(r" together(?: |$)")
"""Words after the numbers of questions that are answered at once: "I have answered Questions 1 and 2 together"."""
_STATED = "which was|was|answered|given|asked|tabled|submitted|dated|published|on|of|from"
_WEEKDAY = "monday|tuesday|wednesday|thursday|friday"
_NUMBER = re.compile(
    rf"(?:^| )(?P<own>your (?:\w+ )?)?(?:(?P<before>{_DAY}){_JOINED} )?"
    rf"(?:{_LABEL} ?|{_ANSWER_TO} |(?=hl ?[0-9]))(?P<first>{_UIN})"
    rf"(?P<more>(?:(?: and)?(?: (?:uins?|w?pqs?))? (?:w?pq)?{_NEXT_UIN})*)"
    rf"(?:(?: (?:{_STATED}|{_WEEKDAY}))* (?P<after>{_DAY}))?(?= |$)"
)
_REFERRAL_DAY = re.compile(
    r"(?:^| )refer .{0,150}?(?:answers?|reply|replies|responses?) "
    rf"(?:(?!urgent question ).){{0,150}}?(?P<day>{_DAY})(?: |$)"
    rf"|(?:^| )(?:my|the|his|her|our) (?:\w+ )?(?:answer|reply|response) (?:of|given on|i gave on) (?P<alone>{_DAY})"
    r"(?! to the (?!hon|right|rt|noble))(?: |$)"
)
_LINK = re.compile(r"written-questions(?:/|%2F)detail(?:/|%2F)(?P<day>\d{4}-\d{2}-\d{2})(?:/|%2F)(?P<uin>[A-Za-z0-9]+)")
_PARTS = re.compile(r"(?P<day>\d+)\D*?(?P<month>[a-z]{3,})(?: (?P<year>\d{4}))?$")


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference: the number of a question, the day that is printed with it, the day that a link to it gives."""

    uin: str | None
    stated_on: dt.date | None
    linked_on: dt.date | None


def find_references(text: str, html: str | None, said_on: dt.date | None) -> Iterator[Reference]:
    """Yield the references of an answer in the order of its words.

    Args:
        text: the answer.
        html: the answer with its markup, which has links.
        said_on: the day of the answer. A day that is printed without a year is the last such day up to it.
    """
    words = normalise(text)
    linked = _LINK.finditer(html) if html and "written-questions" in html else ()
    links = {found["uin"].upper(): _iso_day(found["day"]) for found in reversed(list(linked))}
    referral = _REFERRAL_DAY.search(words) if _ANY_DAY.search(words) else None
    referral_day = referral and (referral["day"] or referral["alone"])
    # "A response to your Questions 2501 and 2502": the questions that the answer itself is to.
    has_label = any(label in words for label in _LABELS) or _SHORT_LABEL.search(words)
    numbers = [found for found in _NUMBER.finditer(words) if not _is_own(words, found)] if has_label else []
    for index, found in enumerate(numbers):
        printed = found["before"] or found["after"] or (referral_day if index == 0 else None)
        for number in (found["first"], *re.findall(_NEXT_UIN, found["more"])):
            uin = number.replace(" ", "").lstrip("0").upper()
            yield Reference(uin, _day(printed, said_on), links.get(uin))
    if not numbers and (links or referral_day):
        uin_linked, linked_on = next(reversed(links.items()), (None, None))
        yield Reference(uin_linked, _day(referral_day, said_on), linked_on)


def _is_own(words: str, found: re.Match[str]) -> bool:
    """Return whether numbers are those of the questions that the answer itself is to."""
    return (
        found["own"] is not None
        or _OWN.search(words, max(0, found.start() - 120), found.start()) is not None
        or _TOGETHER.match(words, found.end()) is not None
    )


def _day(printed: str | None, said_on: dt.date | None) -> dt.date | None:
    """Return a printed day as a date; None where there is no such day or its year is unknown."""
    parts = printed and _PARTS.search(printed)
    if not parts:
        return None
    month = _MONTHS.index(parts["month"])
    if parts["year"]:
        return _date(int(parts["year"]), month, int(parts["day"]))
    if said_on is None:
        return None
    day = _date(said_on.year, month, int(parts["day"]))
    return _date(said_on.year - 1, month, int(parts["day"])) if day and day > said_on else day


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _iso_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
