"""The text that the records of a document have, in which the pieces of the document are looked for."""

import datetime as dt
import html
import re
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import fields
from functools import cached_property
from itertools import chain

from orderpaper.errors import ParseError
from orderpaper.reading.dates import day_of, read_day
from orderpaper.reading.markup import html_to_text
from orderpaper.reading.pieces import Piece
from orderpaper.records.types.base import Record
from orderpaper.records.types.documents import Parsed

_FIELD_NAMES: dict[type[Record], tuple[str, ...]] = {}
"""The names of the fields of the record types seen so far. `fields` makes them anew each time."""
_PARTS = re.compile(r"[()\[\];|]|,? [-–—] |, |: ")
"""Matches what separates the parts of a line that several fields of a record hold: "NAME (PARTY - SEAT)"."""
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?")
_LONGEST_DAY = len("Wednesday, 30th September 2026")
_NEAR = 20_000
"""In characters. A piece is first looked for this near to where the piece before it ended."""
_MOST_SEARCHED = 50
"""How many times the text of the records may be searched, at most, for pieces that come in another order."""


class Kept:
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
        self._values: set[str] = {squash(str(value)) for value in (parsed.published_on, parsed.announced_count)}
        """Every value, without white space."""
        self._spans: list[tuple[int, int]] = []
        if parsed.title:
            self._texts[Parsed, "title"].append(squash(parsed.title))
        for record in records:
            start, end = getattr(record, "char_start", None), getattr(record, "char_end", None)
            has_place = not is_placed and start is not None
            for name in field_names(type(record)):
                value = getattr(record, name)
                if value is None or value is False or name == "html" or (has_place and name == "text"):
                    continue
                for item in value if isinstance(value, list) else (value,):
                    if isinstance(item, str):
                        self._texts[type(record), name].append(squash(item))
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
        if squash(piece.text) in self._values:
            return True
        forms = _forms(piece.text)
        if any(form in self._values for form in forms):
            return True
        if piece.is_apart:
            return any(self._counts[form] for form in forms)
        parts = [squashed for part in _PARTS.split(piece.text) if re.search(r"\w", squashed := squash(part))]
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
    def _without_place(self) -> "Kept":
        """The text that does not say where it stands."""
        return Kept(*self._all, is_placed=False)

    @cached_property
    def _counts(self) -> Counter[str]:
        """How often each text, and each line of a text of several lines, is in the records."""
        parsed, records = self._all
        values = [getattr(record, name) for record in records for name in field_names(type(record)) if name != "html"]
        texts = [value for value in (parsed.title, *values) if isinstance(value, str)]
        lines = (line for text in texts if "\n" in text for line in text.split("\n"))
        return Counter(map(squash, chain(texts, lines)))

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


def field_names(record_type: type[Record]) -> tuple[str, ...]:
    """Return the names of the fields of a record type."""
    if record_type not in _FIELD_NAMES:
        _FIELD_NAMES[record_type] = tuple(field.name for field in fields(record_type))
    return _FIELD_NAMES[record_type]


def _forms(text: str) -> list[str]:
    """Return a text without white space, as it is and as the record of a date, of entities or of markup has it."""
    folded = " ".join(text.split())
    forms = [squash(text)]
    if moment := _MOMENT.fullmatch(folded):
        forms.append(moment[1])
        with suppress(ValueError):
            forms.append(day_of(dt.datetime.fromisoformat(folded)).isoformat())
    if len(folded) <= _LONGEST_DAY and (day := read_day(folded)) and day.date:
        forms.append(day.date.isoformat())
    if "&" in text:
        forms.append(squash(html.unescape(text)))
    forms.append(squash(html_to_text(text)))
    return list(dict.fromkeys(forms))


def squash(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())
