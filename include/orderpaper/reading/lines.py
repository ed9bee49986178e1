"""Split a plain text into lines, each with its span in the text."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple, TypedDict

from orderpaper.errors import ParseError

_FULL_STOPS = tuple(".!?:;…")
_CLOSERS = ")]”’\"'"
LONGEST_LABEL = 100
"""In characters."""
_NAMES = r"(?:[A-Z][\w’'&-]*|of|the|and)(?: (?:[A-Z][\w’'&-]*|of|the|and)){0,6}"
NETWORK = (
    r"(?:Twitter(?: \(X\))?|X(?: \((?:formerly )?Twitter\))?|Facebook|Instagram|LinkedIn|YouTube|Flickr|Bluesky|Threads"
    r"|Mastodon|TikTok|WhatsApp|Reddit|Pinterest|social media)"
)
"""Matches what a site calls a social network."""
SHARE = (
    r"(?:(?:Share|Tweet|Email|Print)(?: this)?(?: (?:page|post|article|link))?(?: on| by| via| to)?:?"
    rf"|(?:Share|Tweet|Post|Email|Send|Print)(?: this(?: page)?)? (?:on|by|via|to) (?:{NETWORK}|e-mail|\w{{1,20}})"
    r"|Copy (?:the )?link)"
)
"""Matches the words of a link with which a reader passes a page on."""
SHARED = rf"(?:{SHARE}|{NETWORK}|E-?mail)"
"""Matches such words, and the name of a network, which is such a link beside others."""
FOOTER = {
    r"^(?:Copyright )?© ?[^.!?£;:]{0,80}(?:\. All rights reserved\.)?$|^Copyright \(c\) [^.!?£;:]{0,80}$"
    rf"|^\(c\) (?:Crown|Parliamentary) [Cc]opyright(?: \d{{4}})?$"
    rf"|^Copyright \d{{4}}(?:[-–]\d{{2,4}})?,? {_NAMES}$|^Copyright {_NAMES},? \d{{4}}$|^All rights reserved\.?$": (
        "it says who owns the site"
    ),
    r"^All content is available under the Open Government Licence v3\.0, except where otherwise stated\.?$": (
        "it is the site's licence"
    ),
    r"^Contains (?:Parliamentary|public sector) information licen[cs]ed under the Open (?:Parliament|Government)"
    r" Licence(?: v ?\d(?:\.\d)?)?\.?$": "it is the attribution for which the licence asks",
    r"^(?i:Cookies?(?: (?:policy|settings|preferences|notice))?|Privacy(?: (?:notice|policy))?"
    r"|Accessibility(?: statement)?|Contact us|About us|Terms(?: (?:and|&) conditions| of use)|Back to top|Site ?map"
    r"|(?:Next|Previous)(?: page)?|(?:Share|Print)(?: this page)?)$": "it is a link of the site",
    rf"^(?:Follow|Find|Join) us(?: (?:on|at))?(?:(?: and| or|,|/)? ?{NETWORK})*$": "it is a link of the site",
}
"""Lines that a site prints below every page, each with the reason why no record has them. No answer ends with one."""
_FOOTER = re.compile("|".join(FOOTER))
_TOPIC = re.compile(r"Cookies|Privacy|Accessibility", re.IGNORECASE)
"""Matches a line that may also be the last one of a list."""


class Line(NamedTuple):
    """A line that is not blank. `text` has its white space folded; `start` and `end` are the span of the whole line."""

    number: int
    text: str
    start: int
    end: int

    @property
    def ends_sentence(self) -> bool:
        """Whether the line ends with a full stop or similar mark. Closing quotation marks and brackets are ignored."""
        return self.text.rstrip(_CLOSERS).endswith(_FULL_STOPS)

    @property
    def is_closed(self) -> bool:
        """Whether the line can be the last: it ends a sentence, a bracket or a quotation."""
        return self.ends_sentence or self.text.endswith(tuple(_CLOSERS))

    @property
    def is_label(self) -> bool:
        """Whether the line can be the words of a link or a button: short, not a sentence, and without a sum."""
        return len(self.text) <= LONGEST_LABEL and not self.ends_sentence and "£" not in self.text

    @property
    def is_footer(self) -> bool:
        """Whether a rule of `FOOTER` leaves the line out."""
        return _FOOTER.fullmatch(self.text) is not None


def without_footer(lines: list[Line]) -> list[Line]:
    """Return the lines without those at the end that `FOOTER` leaves out. A topic alone may be the last of a list."""
    end = len(lines)
    while end and lines[end - 1].is_footer:
        end -= 1
    return lines if all(_TOPIC.fullmatch(line.text) for line in lines[end:]) else lines[:end]


def content_lines(text: str) -> list[Line]:
    """Return the lines of `text` that are not blank, in order, with the line numbers of an editor."""
    lines = []
    position = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        if content := raw.strip():
            start = position + raw.index(content)
            lines.append(Line(number, " ".join(content.split()), start, start + len(content)))
        position += len(raw) + 1
    return lines


class Passage(TypedDict):
    """The fields of a record for a part of a document: its text, and the span of that text in the document."""

    text: str
    char_start: int
    char_end: int


def passage(text: str, lines: Sequence[Line]) -> Passage:
    """Return the passage from the first of `lines` to the last, with the line ends between them."""
    start, end = lines[0].start, lines[-1].end
    return {"text": text[start:end], "char_start": start, "char_end": end}


def require_complete(lines: Sequence[Line], may_end_in_list: bool = False) -> None:
    """Refuse a text that was cut, which stops in the middle of a sentence.

    A last line without punctuation is accepted if it ends in a web address. With `may_end_in_list`, it is also accepted
    if it closes a list or table: two lines without punctuation after a colon, or three or more such lines.

    Raises:
        ParseError: the last line is cut.
    """
    last = lines[-1]
    address = last.text.rsplit(" ", 1)[-1]
    if (last.ends_sentence and not last.text.endswith((":", ";"))) or "://" in address or address.startswith("www."):
        return
    above = list(takewhile(lambda line: not line.is_closed, reversed(lines)))
    intro = lines[-len(above) - 1] if len(above) < len(lines) else None
    if may_end_in_list and (len(above) > 2 or (len(above) == 2 and intro and intro.text.endswith(":"))):
        return
    raise ParseError(f"line {last.number}: the text stops in the middle of a sentence, at “…{last.text[-60:]}”")
