"""Account for each piece of text of a document: the records have it, the parser leaves it out by a rule, or it is lost.

A parser lists the pieces that it does not leave out (`Parsed.pieces`). A piece is accounted for if a record has its
text: a line that no record's span touches, if a record has it that does not say where it stands; a sentence of markup
or of a payload, if the records have it as often as the document. A piece that no record has is refused: it goes to
quarantine with its address. A document of which most is lost is not understood and is refused whole. The words of a
field that the parser does not know are pieces too, but say nothing about whether the rest is understood.
"""

import datetime as dt
import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from functools import cached_property
from itertools import chain
from typing import Any

from orderpaper.errors import ParseError
from orderpaper.reading.dates import check_days, day_of, read_day
from orderpaper.reading.markup import html_to_text
from orderpaper.reading.pieces import Piece, has_words
from orderpaper.records.types.base import AtLeast, Column, OneOf, Record, RowOf, columns, table_name
from orderpaper.records.types.documents import Drift, Parsed, Refusal

MOST_LOST_SHARE = 0.5
"""A document that loses a larger share of its characters is refused whole."""
_FIELD_NAMES: dict[type[Record], tuple[str, ...]] = {}
"""The names of the fields of the record types seen so far. `fields` makes them anew each time."""
_RULED: dict[type[Record], list[Column]] = {}
"""The fields of the record types seen so far that may not be empty or have rules."""
_PARTS = re.compile(r"[()\[\];|]|,? [-–—] |, |: ")
"""Matches what separates the parts of a line that several fields of a record hold: "NAME (PARTY - SEAT)"."""
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?")
_LONGEST_DAY = len("Wednesday, 30th September 2026")
_SAYS = re.compile(r"£ ?\d|[.!?][)\]”’\"'\s]*(?:<[^<>]*>\s*)*$")
"""Matches a text that ends a sentence or has a sum. Others, such as headings, may be printed in several places."""
_NEAR = 20_000
"""In characters. A piece is first looked for this near to where the piece before it ended."""
_MOST_SEARCHED = 50
"""How many times the text of the records may be searched, at most, for pieces that come in another order."""


def account(parsed: Parsed) -> Parsed:
    """Return the document with a refusal for each piece that its records do not have.

    Raises:
        ParseError: the document has the same thing twice, a day of an impossible year, or a value that its record type
            does not allow; most of its text is lost, or nothing of it is understood.
    """
    records = [record for record in parsed.records if not isinstance(record, Drift)]
    check_days([parsed.published_on])
    check_days(getattr(record, name) for record in records for name in _field_names(type(record)))
    _check_keys(records)
    _check_rules(records)
    if parsed.refusals and not records and not parsed.understood_count:
        first = parsed.refusals[0]
        raise ParseError(f"nothing of the document is understood; first: {first.address}: {first.reason}")
    kept = _Kept(parsed, records)
    lost = [*_lost_pieces(parsed.pieces, kept)]
    if not lost:
        return parsed
    pieces, of_known = ([piece for piece in found if piece.field is None] for found in (parsed.pieces, lost))
    if sum(len(piece.text) for piece in of_known) > MOST_LOST_SHARE * sum(len(piece.text) for piece in pieces):
        raise ParseError(
            f"{len(of_known)} of {len(pieces)} pieces of text would be lost, first {of_known[0].address}:"
            f" “{_short(of_known[0].text)}”; the parser neither takes them nor leaves them out by a rule"
        )
    refusals = [Refusal(address=piece.address, reason=_reason(piece), text=piece.text) for piece in _joined(lost)]
    return replace(parsed, refusals=[*parsed.refusals, *refusals])


def _lost_pieces(pieces: Sequence[Piece], kept: "_Kept") -> Iterator[Piece]:
    """Yield the pieces that no record has, and those that stand more often in the document than in the records."""
    repeated: defaultdict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if not kept.has(piece):
            yield piece
        elif piece.start is None and piece.field is None and _SAYS.search(piece.text) and has_words([piece.text]):
            repeated[_squash(html_to_text(piece.text))].append(piece)
    for text, alike in repeated.items():
        if len(alike) > 1 and (count := kept.count(text, len(alike))):
            yield from alike[count:]


def _joined(lost: Iterable[Piece]) -> list[Piece]:
    """Return the pieces with those that stand beside the text in elements of one kind as one, with a text a line.

    A page has such an element for each of its questions. Many refusals of them would count against its records.
    """
    joined: dict[object, Piece] = {}
    for number, piece in enumerate(lost):
        key = piece.address.rsplit("/", 1)[-1] if piece.is_apart else number
        above = joined.get(key)
        joined[key] = above._replace(text=f"{above.text}\n{piece.text}") if above else piece
    return [*joined.values()]


def _reason(piece: Piece) -> str:
    """Return why a piece that no record has is refused."""
    if piece.field is not None:
        return f"the field {piece.field} is not known to the parser, and no record has its words"
    return "no record has this text, and no rule of the parser leaves it out"


def _check_keys(records: Iterable[Record]) -> None:
    """Refuse a document that has two records of a type with the same key.

    Raises:
        ParseError: it has; the message names the key.
    """
    seen: defaultdict[type[Record], Counter[tuple[object, ...]]] = defaultdict(Counter)
    for record in records:
        values = (getattr(record, name) for name in record.KEY)
        key = tuple(value.casefold() if isinstance(value, str) else value for value in values)
        if key and None not in key:
            seen[type(record)][key] += 1
    for record_type, keys in seen.items():
        for key, count in keys.items():
            if count > 1:
                named = ", ".join(f"{name} {_short(str(v))}" for name, v in zip(record_type.KEY, key, strict=True))
                raise ParseError(f"the document has the {table_name(record_type)} with {named} {count} times")


def _check_rules(records: Iterable[Record]) -> None:
    """Refuse a document that has a record that breaks a rule of its type, because such a row would fail the audit.

    Raises:
        ParseError: it has; the message names the field and its value.
    """
    by_type: defaultdict[type[Record], list[Record]] = defaultdict(list)
    for record in records:
        by_type[type(record)].append(record)
    ordinals = {table_name(kind): {record.ordinal for record in found} for kind, found in by_type.items()}
    for kind, found in by_type.items():
        for column in _ruled(kind):
            for record in found:
                value = getattr(record, column.name)
                if value is None and not column.is_required:
                    continue
                if value is None or not all(_holds(rule, value, ordinals) for rule in column.rules):
                    what = f"the {table_name(kind)} {record.ordinal} of the document has the {column.name} {value!r}"
                    raise ParseError(f"{what}, which no row may have")


def _ruled(record_type: type[Record]) -> list[Column]:
    """Return the fields of a record type that may not be empty or have rules."""
    if record_type not in _RULED:
        _RULED[record_type] = [column for column in columns(record_type) if column.is_required or column.rules]
    return _RULED[record_type]


def _holds(rule: object, value: Any, ordinals: Mapping[str, set[int]]) -> bool:
    match rule:
        case OneOf():
            return value in rule.values
        case AtLeast():
            return bool(value >= rule.least)
        case RowOf():
            named = value if isinstance(value, list) else [value]
            return bool(named) and ordinals.get(rule.table, set()).issuperset(named)
    raise TypeError(f"no check for {rule!r}")


class _Kept:
    """The text that the records of a document have."""

    def __init__(self, parsed: Parsed, records: list[Record], *, is_placed: bool = True) -> None:
        """Collect the text.

        Args:
            parsed: the document.
            records: its records.
            is_placed: whether to take words that say where in the document they stand.
        """
        self._all = parsed, records
        self._texts: defaultdict[tuple[type, str], list[str]] = defaultdict(list)
        """The texts of each field in the order of the records, without white space."""
        self._values: set[str] = {_squash(str(value)) for value in (parsed.published_on, parsed.announced_count)}
        """Every value, without white space."""
        self._spans: list[tuple[int, int]] = []
        if parsed.title:
            self._texts[Parsed, "title"].append(_squash(parsed.title))
        for record in records:
            start, end = getattr(record, "char_start", None), getattr(record, "char_end", None)
            has_place = not is_placed and start is not None
            for name in _field_names(type(record)):
                value = getattr(record, name)
                if value is None or value is False or name == "html" or (has_place and name == "text"):
                    continue
                for item in value if isinstance(value, list) else (value,):
                    if isinstance(item, str):
                        self._texts[type(record), name].append(_squash(item))
                    else:
                        self._values.add(str(item))
            if start is not None and end is not None:
                self._spans.append((start, end))
        for texts in self._texts.values():
            self._values.update(texts)
        self._spans.sort()
        self._span = self._reach = 0
        self._position: list[int] = []
        self._budget = 0

    @cached_property
    def _streams(self) -> list[str]:
        """The texts of each field as one text, the longest first."""
        streams = sorted(("".join(texts) for texts in self._texts.values()), key=len, reverse=True)
        self._position = [0] * len(streams)
        self._budget = _MOST_SEARCHED * max(1_000_000, sum(map(len, streams)))
        return streams

    def has(self, piece: Piece) -> bool:
        """Return whether a record has the text of a piece: as a value, in a longer text, or in several values.

        Of an unknown field, records have to have each of its texts.
        """
        if piece.field is not None:
            return all(self.has(Piece(piece.address, line)) for line in piece.text.split("\n"))
        if piece.start is not None and piece.end is not None:
            if self._covers(piece.start, piece.end):
                return True
            if self._spans and not self._touches(piece.start, piece.end):
                return self._without_place.has(piece._replace(start=None))
        if _squash(piece.text) in self._values:
            return True
        forms = _forms(piece.text)
        if any(form in self._values for form in forms):
            return True
        if piece.is_apart:
            return any(self._counts[form] for form in forms)
        parts = [squashed for part in _PARTS.split(piece.text) if re.search(r"\w", squashed := _squash(part))]
        # All is looked for nearby before anything is searched for, because a long listing has thousands of such lines.
        if any(map(self._is_near, forms)) or (parts and all(p in self._values or self._is_near(p) for p in parts)):
            return True
        return any(map(self._finds, forms)) or all(part in self._values or self._finds(part) for part in parts)

    def _covers(self, start: int, end: int) -> bool:
        """Return whether a line is inside the spans of the records. Lines come in order."""
        while self._span < len(self._spans) and self._spans[self._span][0] <= start:
            self._reach = max(self._reach, self._spans[self._span][1])
            self._span += 1
        return end <= self._reach

    def _touches(self, start: int, end: int) -> bool:
        """Return whether a part of a line is inside the spans of the records, after `_covers` was asked about it."""
        following = self._spans[self._span][0] if self._span < len(self._spans) else end
        return start < self._reach or following < end

    @cached_property
    def _without_place(self) -> "_Kept":
        """The text that does not say where it stands."""
        return _Kept(*self._all, is_placed=False)

    @cached_property
    def _counts(self) -> Counter[str]:
        """How often each text, and each line of a text of several lines, is in the records."""
        parsed, records = self._all
        values = [getattr(record, name) for record in records for name in _field_names(type(record)) if name != "html"]
        texts = [value for value in (parsed.title, *values) if isinstance(value, str)]
        lines = (line for text in texts if "\n" in text for line in text.split("\n"))
        return Counter(map(_squash, chain(texts, lines)))

    def count(self, text: str, most: int) -> int:
        """Return how often the records have a text; if it is more than `most`, some number from there on.

        Raises:
            ParseError: the document repeats so many texts that it takes too long.
        """
        if (count := self._counts[text]) >= most:
            return count
        length = sum(map(len, self._streams))
        self._budget -= length
        if self._budget < 0:
            raise ParseError("the document repeats too many of its texts, none of which is a whole text of its records")
        return sum(stream.count(text) for stream in self._streams)

    def _is_near(self, text: str) -> bool:
        """Return whether a text stands in one of the streams near where the piece before it ended."""
        for number, stream in enumerate(self._streams):
            start = self._position[number]
            place = stream.find(text, start, start + len(text) + _NEAR)
            if place < 0:
                # A short piece such as "(a)" may have been found too far ahead.
                place = stream.find(text, max(0, start - _NEAR), start + len(text))
            if place >= 0:
                self._position[number] = place + len(text)
                return True
        return False

    def _finds(self, text: str) -> bool:
        """Return whether a text stands in one of the streams: near where the piece before it ended, or anywhere.

        Raises:
            ParseError: the pieces come in an order so different from that of the records that it takes too long.
        """
        if self._is_near(text):
            return True
        for number, stream in enumerate(self._streams):
            if len(text) > len(stream):
                return False
            place = stream.find(text, self._position[number])
            if place < 0:
                self._budget -= len(stream)
                if self._budget < 0:
                    raise ParseError(
                        "the text of the document comes in an order too different from that of its records"
                    )
                place = stream.find(text, 0, self._position[number] + len(text))
            if place >= 0:
                self._position[number] = place + len(text)
                return True
        return False


def _field_names(record_type: type[Record]) -> tuple[str, ...]:
    if record_type not in _FIELD_NAMES:
        _FIELD_NAMES[record_type] = tuple(field.name for field in fields(record_type))
    return _FIELD_NAMES[record_type]


def _forms(text: str) -> list[str]:
    """Return a text without white space, as it is and as the record of a date, of entities or of markup has it."""
    folded = " ".join(text.split())
    forms = [_squash(text)]
    if moment := _MOMENT.fullmatch(folded):
        forms.append(moment[1])
        with suppress(ValueError):
            forms.append(day_of(dt.datetime.fromisoformat(folded)).isoformat())
    if len(folded) <= _LONGEST_DAY and (day := read_day(folded)) and day.date:
        forms.append(day.date.isoformat())
    if "&" in text:
        forms.append(_squash(html.unescape(text)))
    forms.append(_squash(html_to_text(text)))
    return list(dict.fromkeys(forms))


def _squash(text: str) -> str:
    return "".join(text.split())


def _short(text: str) -> str:
    return " ".join(text.split())[:80]
