"""Read how third parties print a member: a name, and a party and a seat in any order and between any marks.

"Ann Otter (Labour - Ely)", "Ann Otter, Ely, Lab" and three lines with one of them each name the same member. The party
is the one of the two that is the name of a party, wherever it stands.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from orderpaper.errors import ParseError
from orderpaper.reading.parties import is_party

PEERAGE = re.compile(r"\b(?:peer|peerage|hereditary|bishops|bishop of|lords? spiritual)\b", re.IGNORECASE)
"""Matches what is printed as the seat of a member of the House of Lords."""
PEER = re.compile(
    r"(?:The )?(?:Lord|Lady|Baroness|Baron|Viscount|Viscountess|Earl|Countess|Marquess|Duke|Duchess|Bishop"
    r"|Archbishop)\b"
)
"""Matches the beginning of a name in the House of Lords."""
_SHAPE = re.compile(r"[A-ZÀ-Ý][\w’'.-]*(?: (?:[A-ZÀ-Ý][\w’'.-]*|of|de|the|du|van|von|ap)){1,6}")
_SEAT = re.compile(
    r"[A-ZÀ-Ý][\w’'.,()-]*(?: (?:[A-ZÀ-Ý(][\w’'.,()-]*|and|of|the|upon|on|under|by|le|en|in|an|&|h-\w+)){0,9}"
)
OFFICES = re.compile(
    r"\b(?:Affairs|Agency|Authority|Board|Business|Care|Commission|Committee|Communities|Council|Defence|Department"
    r"|Energy|Environment|Equalities|Government|Growth|Housing|Innovation|Investment|Justice|Media|Ministry|Office"
    r"|Parliament|Pensions|Police|Prisons|Secretary|Service|Skills|Sport|Technology|Trade|Transport|Treasury|Zero"
    r"|Minister|Chancellor|MP for|Member for)\b"
)
"""Matches the words of an office, a department or a body, which are no person's name."""
_MARK = re.compile(r",? [-–—] | ?[|;] ?|, ")
"""Matches what divides the parts of a line: "PARTY - SEAT"."""
_OF_COMMONS = re.compile(r",? M\.?P\.?$")


_SURNAME_FIRST = re.compile(
    r"(?P<name>(?:[A-ZÀ-Ý][\w’'-]+|[A-ZÀ-Ý][A-ZÀ-Ý’' -]{1,40}), (?:(?:Mrs?|Ms|Miss|Dr|Sir|Dame) )?"
    r"[A-ZÀ-Ý][\w’'.-]+(?: [A-Z]\.?)?)(?P<beside> \(.+\))"
)
"""Matches a name as a list prints it, with more in brackets: “OTTER, Ann (Labour - Ely)”."""


class PrintedMember(NamedTuple):
    """The parts of a member, each as printed, or None."""

    name: str | None = None
    party: str | None = None
    seat: str | None = None


class _Field(NamedTuple):
    """A part of a line, with the line and its place in it."""

    line: str
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.line[self.start : self.end]


def may_be_name(words: str) -> bool:
    """Return whether words have the form of a person's name: two or more, in capitals, and none of an office."""
    return _SHAPE.fullmatch(words) is not None and OFFICES.search(words) is None and not is_party(words)


def may_be_seat(words: str) -> bool:
    """Return whether words have the form of a seat: in capitals, but for such as "and" and "upon"."""
    return _SEAT.fullmatch(words) is not None and not is_party(words)


def has_party(words: str) -> bool:
    """Return whether words are the name of a party, or have one between marks or in brackets."""
    return any(is_party(field.words) for field in _fields(words))


def read_member(lines: Sequence[str]) -> PrintedMember:
    """Return name, party and seat from the lines that print them, of which the party and the seat may be missing.

    A name above a seat is told from a party above a seat by the party's name. The two words of a bishop, who has
    "Bishops" as party and as seat, are a party and a seat in this order.

    Raises:
        ParseError: several parts can be the party, or none of several; a part of the seat stands on either side of it;
            a bracket is open; or what stands in the place of the name is none.
    """
    if line := next((line for line in lines if not _is_balanced(line)), None):
        raise ParseError(f"“{line}” has a bracket without its other half")
    listed = _SURNAME_FIRST.fullmatch(lines[0]) if len(lines) == 1 else None
    if listed and (beside := _in_order(listed["beside"])):
        return beside._replace(name=listed["name"])
    fields = [field for line in lines for field in _fields(line)]
    parties = [number for number, field in enumerate(fields) if is_party(field.words)]
    if len(parties) > 1:
        of_peers = [number for number in parties if PEERAGE.search(fields[number].words)]
        parties = [number for number in parties if number not in of_peers] or parties[:1]
    if len(parties) > 1:
        named = " and ".join(f"“{fields[number].words}”" for number in parties)
        raise ParseError(f"{named} can each be the party")
    if not parties:
        return _without_party(lines)
    (party,) = parties
    has_name = party > 0
    seat = fields[has_name:party] or fields[party + 1 :]
    if len(seat) + has_name + 1 != len(fields):
        raise ParseError(f"the party “{fields[party].words}” stands between other parts")
    name = _OF_COMMONS.sub("", fields[0].words) if has_name else None
    return PrintedMember(_checked(name), fields[party].words, _joined(seat))


def _in_order(beside: str) -> PrintedMember | None:
    """Return the party and the seat in brackets beside a name; None unless there are both."""
    try:
        found = read_member([f"Name{beside}"])
    except ParseError:
        return None
    return found if found.party and found.seat else None


def _without_party(lines: Sequence[str]) -> PrintedMember:
    """Return name and seat from lines of which none is a party.

    Raises:
        ParseError: there are three, one of which ought to be the party.
    """
    if len(lines) > 2:
        raise ParseError(f"neither “{lines[1]}” nor “{lines[2]}” is a party that is known")
    if len(lines) < 2:
        if re.search(r"[,(\[|]| [-–—] ", lines[0]):
            raise ParseError(f"no part of “{lines[0]}” is a party that is known")
        return PrintedMember(_checked(_OF_COMMONS.sub("", lines[0])))
    return PrintedMember(_checked(lines[0]), None, lines[1])


def _checked(name: str | None) -> str | None:
    """Return a name.

    Raises:
        ParseError: it has a comma, a bracket or another mark left in it, and so is none.
    """
    if name is not None and (not name[:1].isalpha() or re.search(r"[,()\[\]|;:]|\bMP for\b|\bMember for\b", name)):
        raise ParseError(f"“{name}” is not a name alone")
    several = name.split(" and ") if name and not PEER.match(name) else []
    if len(several) > 1 and all(map(may_be_name, several)):
        raise ParseError(f"“{name}” names several members")
    return name


def _joined(fields: Sequence[_Field]) -> str | None:
    """Return the seat of which some marks are a part: "Lyde, Stowe and West Quay".

    Raises:
        ParseError: the parts stand in different lines or brackets.
    """
    if not fields:
        return None
    first, last = fields[0], fields[-1]
    words = first.line[first.start : last.end]
    if first.line != last.line or not _is_balanced(words):
        raise ParseError(f"“{first.words}” and “{last.words}” are two parts beside the party")
    return words


def _is_balanced(words: str) -> bool:
    """Return whether each bracket of words is opened before it is closed, and closed."""
    depth = 0
    for character in words:
        depth += (character in "([") - (character in ")]")
        if depth < 0:
            return False
    return not depth


def _fields(line: str) -> list[_Field]:
    """Return the parts of a line if a party is among them; otherwise the line is one part.

    The name may have brackets with the other parts after it. Other brackets are a part of a party or a seat: "Labour
    (Co-op)".
    """
    if is_party(line):
        return [_Field(line, 0, len(line))]
    top = [*_split(line, 0, len(line))]
    start, end = top[0]
    fields = [_Field(line, *part) for part in top]
    if (bracket := re.search(r" ?[(\[]", line[start:end])) and not any(is_party(field.words) for field in fields):
        place = start + bracket.start()
        parts = [(start, place), *_in_brackets(line, place, end), *top[1:]]
        fields = [_Field(line, *part) for part in parts if part[0] < part[1]]
    return fields if any(is_party(field.words) for field in fields) else [_Field(line, 0, len(line))]


def _in_brackets(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts in the brackets of a span, and what stands between and behind them as parts too."""
    depth, first = 0, start
    for place in range(start, end):
        if line[place] in "([":
            if not depth:
                yield from _stripped(line, first, place)
                first = place + 1
            depth += 1
        elif line[place] in ")]":
            depth -= 1
            if not depth:
                yield from _split(line, first, place)
                first = place + 1
    yield from _stripped(line, first, end)


def _split(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a span between the marks that stand in no bracket."""
    first = start
    for mark in _MARK.finditer(line, start, end):
        if _is_balanced(line[first : mark.start()]):
            yield from _stripped(line, first, mark.start())
            first = mark.end()
    yield from _stripped(line, first, end)


def _stripped(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a span without white space at its ends, if something is left."""
    if words := line[start:end].strip():
        begin = line.index(words, start)
        yield begin, begin + len(words)
