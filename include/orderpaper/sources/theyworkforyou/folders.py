"""The folders of TheyWorkForYou's files: what each holds, and until when nobody else gives it."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import NamedTuple

from orderpaper.errors import ParseError
from orderpaper.records import Refusal

ROOT = "/pwdata/scrapedxml/"
LISTING = "changedates.txt"
"""The list in each folder: a line for each file, with the time at which it was last changed."""
_HANSARD_BEGINS = dt.date(2010, 5, 18)
_QUESTIONS_AND_STATEMENTS_BEGIN = dt.date(2014, 11, 12)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, with one file for each sitting or day and version of it."""

    name: str
    taken_over_on: dt.date | None
    """The first day that an API of Parliament gives too; None if none does."""

    def is_taken_over(self, day: dt.date) -> bool:
        """Return whether an API of Parliament gives a day too."""
        return self.taken_over_on is not None and day >= self.taken_over_on


FOLDERS = (
    Folder("debates", _HANSARD_BEGINS),
    Folder("westminhall", _HANSARD_BEGINS),
    Folder("lordspages", _HANSARD_BEGINS),
    Folder("wrans", _QUESTIONS_AND_STATEMENTS_BEGIN),
    Folder("lordswrans", _QUESTIONS_AND_STATEMENTS_BEGIN),
    Folder("wms", _QUESTIONS_AND_STATEMENTS_BEGIN),
    Folder("lordswms", _QUESTIONS_AND_STATEMENTS_BEGIN),
    Folder("standing", None),
)
FILE = re.compile(r"(?P<sitting>[a-z]+[\w-]*?(?P<day>\d{4}-\d\d-\d\d))(?P<version>[a-z]*)\.xml")
"""The name of a file: what it reports, ending with its day, and the letters of its version."""


def version_rank(version: str) -> tuple[int, str]:
    """Return a key that sorts the versions of a sitting: none, a to z, then aa."""
    return len(version), version


class Listed(NamedTuple):
    """A file of a list. Of two versions the newer one is greater."""

    rank: tuple[int, str]
    name: str
    day: dt.date
    changed_at: str
    sitting: str
    """The sitting or the answers that the file reports: its name without the version."""


def read_listing(body: bytes) -> tuple[list[Listed], list[Refusal]]:
    """Return the files that a list names. A line that is not a time and the name of a file is refused by itself.

    Raises:
        ParseError: it has lines, and none is understood.
    """
    listed: list[Listed] = []
    refusals: list[Refusal] = []
    for number, line in enumerate(body.decode(errors="replace").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            listed.append(_read(line.strip()))
        except ValueError:
            reason = (
                f"the line {line.strip()[:60]!r}, where a time and a file are expected, such as"
                " 1256804436,debates2009-10-28a.xml"
            )
            refusals.append(Refusal(address=f"line {number}", reason=reason, text=line))
    if refusals and not listed:
        raise ParseError(refusals[0].reason)
    return listed, refusals


def _read(line: str) -> Listed:
    """Return the file that a line names.

    Raises:
        ValueError: it is not a time and the name of a file, or there is no such day.
    """
    changed_at, _, name = line.partition(",")
    file = FILE.fullmatch(name)
    if not changed_at.isdecimal() or not file:
        raise ValueError(line)
    day = dt.date.fromisoformat(file["day"])
    return Listed(version_rank(file["version"]), name, day, changed_at, file["sitting"])
