"""Read the page of a question on questions-statements.parliament.uk as lines of a listing.

The page has, above the question:

    Police: Recruitment
    Question for Home Office
    UIN 12345, tabled on 4 November 2024

Who asks and who answers is printed in lines of their own: name, party, seat and House. The day stands below
"Answered on", or beside it. "Question", "Answer", "Asked by" and "Answered by" may head their part. The party and seat
of who answers are left out, because no record of an answer has them.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from orderpaper.errors import ParseError
from orderpaper.reading.dates import looks_like_a_day
from orderpaper.reading.lines import Line
from orderpaper.reading.members import OFFICES, PEER, PrintedMember, may_be_name, read_member

TABLED = re.compile(r"UIN:? ?(?:HL)?[0-9]{1,7}, [Tt]abled on:? \S.{5,30}")
"""Matches the number of a question with the day on which it was tabled."""
_BODY = re.compile(r"Question for (?:the )?\S[^:]{0,199}")
_FOR = re.compile(r"Question for (?:the )?")
_HOUSE = re.compile(r"(?:House of )?(?:Commons|Lords)")
_LABEL = re.compile(r"(?:Question|Answer|Asked by|Answered by):?")
_ANSWERED_ON = re.compile(r"(?:Answered on|Date answered|Answer date):?(?: (?P<day>\S.*))?")
_LONGEST_CARD = 5
"""In lines: name, party, seat, office and House of a member."""


def is_page(lines: Sequence[Line]) -> bool:
    """Return whether lines are those of such a page."""
    return any(_begins(*pair) for pair in pairwise(lines))


def page_lines(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of such a page in the form and the order of a listing, and other lines as they are.

    A line that is none of the page's stays where it is, so that its question is refused.
    """
    starts = [n for n, pair in enumerate(pairwise(lines)) if _begins(*pair)]
    tops = [max(start - 1, 0) for start in starts]
    found = list(lines[: tops[0]] if tops else lines)
    for top, start, end in zip(tops, starts, [*tops[1:], len(lines)], strict=True):
        found += [lines[top]._replace(text="Written Question", end=lines[top].start), *lines[top:start]]
        found += _question(lines[start:end])
    return found


def _begins(above: Line, below: Line) -> bool:
    """Return whether two lines say to whom a question is put, and its number."""
    return _BODY.fullmatch(above.text) is not None and TABLED.fullmatch(below.text) is not None


def _question(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of one question: number, day, asker, department, the question, who answers, and the answer."""
    body, uin, *rest = [line for number, line in enumerate(lines) if number < 2 or not _LABEL.fullmatch(line.text)]
    asks = next((number for number, line in enumerate(rest) if line.text.startswith("To ask")), len(rest))
    asker: Sequence[Line]
    below: Sequence[Line]
    asker, asked, below = rest[:asks], rest[asks : asks + 1], rest[asks + 1 :]
    if not asker:  # who asks may stand below the question
        asker, below = _taken(below)
    card, below = _taken(below)
    day, below = _day(below)
    if not card:
        card, below = _taken(below)
    number, _, tabled = uin.text.partition(",")
    yield uin._replace(text=number, end=uin.start + len(number))
    yield uin._replace(text=tabled.strip(), start=uin.start + len(number) + 2)
    yield from [day] if day else []
    yield from _card("Asked by:", asker)
    yield body._replace(text=f"Question to the {_FOR.sub('', body.text)}:")
    yield from asked
    # A label of the page among the lines of the answer, or above them, shows that one is not understood.
    is_known = not any(_ANSWERED_ON.fullmatch(line.text) for line in below)
    is_known = is_known and not (len(below) > 1 and below[0].is_label)
    yield from _card("Answered by", card) if is_known else card
    yield from below


def _taken(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """Return the lines that print a member at the top of some lines, and the others."""
    size = _card_size(lines)
    return lines[:size], lines[size:]


def _day(lines: Sequence[Line]) -> tuple[Line | None, Sequence[Line]]:
    """Return the day below "Answered on" or beside it, and the lines below it."""
    match = _ANSWERED_ON.fullmatch(lines[0].text) if lines else None
    if match and match["day"] and looks_like_a_day(match["day"]):
        return lines[0]._replace(text=match["day"]), lines[1:]
    if match and not match["day"] and len(lines) > 1 and looks_like_a_day(lines[1].text):
        return lines[1], lines[2:]
    return None, lines


def _card_size(lines: Sequence[Line]) -> int:
    """Return how many lines from the first on print a member: a name with a party, a seat, an office or a House."""
    if not lines or not (may_be_name(lines[0].text) or PEER.match(lines[0].text)) or not lines[0].is_label:
        return 0
    of_card = [*takewhile(lambda line: line.is_label and not _ANSWERED_ON.fullmatch(line.text), lines[:_LONGEST_CARD])]
    houses = [number for number, line in enumerate(of_card) if _HOUSE.fullmatch(line.text)]
    return houses[0] + 1 if houses else len(of_card)


def _card(label: str, lines: Sequence[Line]) -> list[Line]:
    """Return a label with the member whom lines print.

    If they print none, the label has an open bracket, and so is refused with all these lines.
    """
    text = _card_text(label, lines)
    if not lines:
        return []
    text = text or f"{label} {' | '.join(line.text for line in lines)} ("
    return [lines[0]._replace(text=text, end=lines[-1].end)]


def _card_text(label: str, lines: Sequence[Line]) -> str | None:
    printed = [line.text for line in lines if not _HOUSE.fullmatch(line.text)]
    offices = [words for words in printed[1:] if OFFICES.search(words)]
    try:
        member = read_member([words for words in printed if words not in offices]) if printed else PrintedMember()
    except ParseError:
        return None
    if (
        not member.name
        or (member.party is None) != (member.seat is None)
        or len(offices) > 1
        or (offices and label.endswith(":"))
    ):
        return None
    if label.endswith(":"):
        return f"{label} {member.name}" + (f" ({member.party} - {member.seat})" if member.seat else "")
    return f"{label} {member.name}" + (f" - {offices[0]}" if offices else "")
