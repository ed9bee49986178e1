"""Read pages of questions on www.parliament.uk, as they were until 2020, as lines of a listing.

A question has there, each in a line of its own:

    Q
    Asked by Ann Otter
    (Ely)                                       not for a peer
    [N], [R], and what they mean                may be missing: a named day, a declared interest
    Asked on: 12 March 2018
    Department for Transport
    Railways: Accidents                         may be missing, and so may the number and the House
    132465
    Commons
    To ask the Secretary of State for Transport, …
    A
    Answered by: Bob Sand
    Answered on: 20 March 2018
    paragraphs of the answer
    Grouped Questions: 132466

The signs for a named day and a declared interest are left out with their explanation, and so are the House, which the
seat or the words tell, and the numbers of grouped questions, which have the answer on the page too.
"""

import re
from collections.abc import Iterator, Sequence

from orderpaper.reading.dates import looks_like_a_day
from orderpaper.reading.lines import Line
from orderpaper.sources.question_listing.labels import ADDRESSEE, refused

_ASKED_BY = re.compile(r"(?:Q )?Asked by (?P<name>[^:()\[\]]{3,80}?)(?: ?\((?P<seat>[^:]{2,80})\))?(?: \[[NR]\])*")
_ASKED_ON = re.compile(r"Asked on: (?P<day>.{6,30})")
_SEAT = re.compile(r"\((?P<seat>[^:]{2,80})\)(?: \[[NR]\])*")
_NUMBER = re.compile(r"(?:HL ?)?[0-9]{1,7}")
_HOUSE = re.compile(r"Commons|Lords")
_ANSWERED_BY = re.compile(r"(?:A )?Answered by: (?P<name>[^:]{3,80})")
_ANSWERED_ON = re.compile(r"Answered on: (?P<day>.{6,30})")
_DATED = re.compile(r"[A-Z][a-z]+(?: [a-z]+){0,4} on:? (?P<day>.{6,30})")
"""Matches another day of the answer: “Holding answer received on 6 March 2018”, “Corrected on: 6 March 2018”."""
_GROUPED = re.compile(r"Grouped Questions?: ?(?:HL)?[0-9]{1,7}(?:, ?(?:HL)?[0-9]{1,7})*")
_EXPLAINED = re.compile(
    r"\[[NR]\]|Close|Named Day|Registered Interest|Indicates that a relevant interest has been declared\."
    r"|['‘]Named day['’] questions only occur in the House of Commons\..{1,250}"
)
"""Matches the lines that say what the signs of a question mean."""
_INTRODUCTION = re.compile(
    r"Written questions(?: and|, ) ?answers(?: and statements)?|Written questions allow Members of Parliament to ask .*"
    r"|Historical written answers can be found in Hansard\.|Find the latest written questions and answers for .*"
    r"|Show|(?:Find )?by:|Close|UIN|Unique Identifying Number – .*|Showing [0-9,]+-[0-9,]+ out of [0-9,]+"
    r"|Results per page(?: [0-9]+(?: \| [0-9]+)*)?|Expand all answers|Print selected"
)
"""Matches the lines of the page above its first question."""
_REASON = (
    "a question of a page of www.parliament.uk is read only if each of its lines is known: “Asked by …”, “Asked on: …”,"
    " the department, a title, a number, the question, “Answered by: …”, “Answered on: …” and the answer"
)
_MOST_ABOVE = 12
_MOST_BELOW = 6


def is_old_page(lines: Sequence[Line]) -> bool:
    """Return whether lines are those of such a page, which has none of a listing's labels of the department."""
    is_asked = any(_is_asked(lines, number) for number in range(len(lines)))
    return is_asked and not any(ADDRESSEE.fullmatch(line.text) for line in lines)


def old_page_lines(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of such a page in the form and the order of a listing."""
    starts = [_start(lines, number) for number in range(len(lines)) if _is_asked(lines, number)]
    found = [line for line in lines[: starts[0]] if not _INTRODUCTION.fullmatch(line.text)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        found += _question([line for line in lines[start:end] if line.text not in ("Q", "A")])
    return found


def _is_asked(lines: Sequence[Line], number: int) -> bool:
    """Return whether a line is the day of a question: the department and, a few lines on, the question are below it."""
    day = _ASKED_ON.fullmatch(lines[number].text)
    if not day or not looks_like_a_day(day["day"]):
        return False
    below = lines[number + 2 : number + 1 + _MOST_BELOW]
    return any(line.text.startswith("To ask") or _HOUSE.fullmatch(line.text) for line in below)


def _start(lines: Sequence[Line], number: int) -> int:
    """Return the number of the first line of the question that was asked on the day in a line."""
    start = number
    while start and number - start < _MOST_ABOVE and _is_above(lines[start - 1].text):
        start -= 1
    return start - 1 if start and lines[start - 1].text == "Q" else start


def _is_above(text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in (_ASKED_BY, _SEAT, _EXPLAINED))


def _question(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of one question.

    If they are not understood, the reason stands in the place of who asks, and so it is refused with all of them.
    """
    first, last = lines[0], lines[-1]
    yield first._replace(text="Written Question", end=first.start)
    yield from _understood(lines) or refused(first, last.end, _REASON)


def _understood(lines: Sequence[Line]) -> list[Line] | None:
    """Return the lines of one question in the order of a listing, or None if one of them is not understood."""
    day = next(number for number, line in enumerate(lines) if _ASKED_ON.fullmatch(line.text))
    asked = next((number for number, line in enumerate(lines) if line.text.startswith("To ask")), 0)
    above = [line for line in lines[:day] if not _EXPLAINED.fullmatch(line.text)]
    answer = _answer(lines[asked + 1 :])
    member = _member(above)
    if member is None or answer is None or asked < day + 2:
        return None
    body, *titles = lines[day + 1 : asked]
    numbers = [line for line in titles if _NUMBER.fullmatch(line.text)]
    headings = [line for line in titles if line not in numbers and not _HOUSE.fullmatch(line.text)]
    if len(numbers) > 1 or len(headings) > 1 or _NUMBER.fullmatch(body.text) or _HOUSE.fullmatch(body.text):
        return None
    answered_on, shown = answer
    return [
        *headings,
        *(line._replace(text=f"UIN {line.text.replace(' ', '')}") for line in numbers),
        lines[day],
        *answered_on,
        above[0]._replace(text=f"Asked by: {member}", end=above[-1].end),
        body._replace(text=f"Question to the {body.text.removeprefix('The ')}:"),
        lines[asked],
        *shown,
    ]


def _member(above: Sequence[Line]) -> str | None:
    """Return who asks, with the seat in brackets, from the lines above the day; None if they are not understood."""
    asker = _ASKED_BY.fullmatch(above[0].text) if above else None
    seats = [_SEAT.fullmatch(line.text) for line in above[1:]]
    printed = [match["seat"] for match in (asker, *seats) if match and match["seat"]]
    if not asker or len(printed) > 1 or not all(seats):
        return None
    return " ".join([asker["name"], *(f"(Member for {seat})" for seat in printed)])


def _answer(lines: Sequence[Line]) -> tuple[list[Line], list[Line]] | None:
    """Return the line with the day of the answer, and the answerer and the answer; None if they are not understood."""
    label = next((number for number, line in enumerate(lines) if _ANSWERED_BY.fullmatch(line.text)), None)
    if label is None:
        return [], [*lines]
    day = _ANSWERED_ON.fullmatch(lines[label + 1].text) if label + 1 < len(lines) else None
    shown = [line for line in lines[label + 2 :] if not _GROUPED.fullmatch(line.text)]
    others = [match for line in shown if (match := _DATED.fullmatch(line.text)) and looks_like_a_day(match["day"])]
    # A short line at the top of an answer may be another line of the page.
    if label or not day or others or (len(shown) > 1 and shown[0].is_label):
        return None
    found = lines[label + 1]
    return [found._replace(text=day["day"], start=found.end - len(day["day"]))], [
        lines[label]._replace(text=lines[label].text.removeprefix("A ")),
        *shown,
    ]
