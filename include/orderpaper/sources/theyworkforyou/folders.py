"""The folders of TheyWorkForYou's files: what each holds, and until when nobody else gives it."""

import datetime as dt
import re
from dataclasses import dataclass

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
