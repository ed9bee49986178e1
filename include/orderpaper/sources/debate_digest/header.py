"""Read the header of a digest: its title, its day, and the values of its labels, in whatever order they stand."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from orderpaper.errors import ParseError
from orderpaper.reading.dates import looks_like_a_day, read_day
from orderpaper.reading.lines import Line
from orderpaper.reading.pieces import LeftOut
from orderpaper.reading.printed import dated

LEADS = ("Lead MP", "Lead Member", "Lead Lord", "Lead Peer")
TYPE = "Debate Type"
TAGS = "Tags"
_DATE = "Date"
LABELS = re.compile("|".join((*LEADS, TYPE, TAGS, _DATE)))
COUNT = re.compile(r"Other Contributors: ?(?P<count>[0-9]{1,4})")
_COUNTED = re.compile(r"Other Contributors:.*")
_HOUSE = re.compile(r"(?:UK )?House of (?:Commons|Lords)")


@dataclass(slots=True)
class Header:
    """The lines of a header by their role."""

    title: Line
    day: Line
    date: dt.date
    values: dict[str, Line] = field(default_factory=dict)
    count: Line | None = None
    strangers: list[Line] = field(default_factory=list)
    """Lines above the title that are none of the header."""
    kept: list[Line] = field(default_factory=list)
    """All other lines but the tags."""

    @property
    def lead(self) -> str | None:
        """The lead member, as printed."""
        return next((self.values[label].text for label in LEADS if label in self.values), None)

    @property
    def announced_count(self) -> int | None:
        """The number of other speakers that the header announces."""
        match = COUNT.fullmatch(self.count.text) if self.count else None
        return int(match["count"]) if match else None


def read_header(lines: Sequence[Line], above: LeftOut) -> Header:
    """Return the header of a digest.

    The title is the line that has no label and is neither the day, a tag nor a line of the site. Of several above the
    day, it is the last, directly above it.

    Args:
        lines: the lines above the summary.
        above: the lines of the site that may stand above the title.

    Raises:
        ParseError: there is no title, no day, one that can be two, or a second line that can be the title.
    """
    around = re.compile("|".join(above))
    values: dict[str, Line] = {}
    tags: list[Line] = []
    loose: list[int] = []
    day = count = label = odd_day = None
    date = None
    for number, line in enumerate(lines):
        if number > 1 and lines[number - 1].number == lines[number - 2].number:
            label = None  # its value stands on its line
        if LABELS.fullmatch(line.text) or COUNT.fullmatch(line.text):
            label = line.text if LABELS.fullmatch(line.text) else None
            count = line if label is None else count
        elif date is None and (printed := read_day(line.text)) and printed.date:
            day, date, label = number, printed.date, None
        elif date is None and looks_like_a_day(line.text):
            odd_day, label = line, None
        elif label == TAGS and line.is_label:
            tags.append(line)
        elif label and label not in values:
            values[label] = line
            label = None
        elif not any(pattern.fullmatch(line.text) for pattern in (around, _HOUSE, _COUNTED)):
            loose.append(number)
    titles = [number for number in loose if lines[number].is_label or number + 1 == day]
    if odd_day and date is None:
        dated(odd_day, odd_day.text)
    if day is None or date is None or not titles:
        raise ParseError("a digest of a debate prints its title and its date; one of them is missing")
    title = titles[-1]
    if len(titles) > 1 and title + 1 != day:
        named = " and ".join(f"“{lines[number].text[:60]}”" for number in (titles[0], title))
        raise ParseError(f"line {lines[title].number}: {named} can each be the title of the digest")
    strangers = [lines[number] for number in loose if number < max(title, day) and number != title]
    left = {line.start for line in (*tags, *strangers)}
    kept = [line for line in lines if line.start not in left and not around.fullmatch(line.text)]
    return Header(lines[title], lines[day], date, values, count, strangers, kept)
