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
_OPENERS = "([“‘\"'"
_NOTE = re.compile(
    r"(?i)\W?(?:(?:editor|publisher|webmaster|moderator)(?:['’]?s|ial)? note|note (?:by|from) the (?:editor|site))\b"
)
"""Matches the beginning of what somebody added to a text of Parliament."""
_SIGNS_OFF = re.compile(
    r"(?i)(?:(?:(?:kind|kindest|best|warm|many) )?(?:regards|wishes|thanks)|yours (?:sincerely|faithfully|truly)"
    r"|cheers|--|__+)[,.]?"
)
"""Matches the end of a letter, below which a name stands."""
_ITEM = re.compile(r"[•▪◦*–—-] ?\S|\(?[A-Za-z0-9]{1,3}[.)] ")
_FOOTNOTE = re.compile(r"(?:\[\w{1,3}\]|\([a-z0-9]{1,3}\)|[*†‡]{1,3}) ?\w|Total:? £[0-9]|Note:? |Source:? ")
"""Matches the beginning of a note, or of a total, below a text or table."""
_ANNOUNCES = re.compile(r"\b(?:tables?|below|following|follows|set out|list(?:ed|s)?|shown)\b", re.IGNORECASE)
_ROW = re.compile(r"(?:[0-9][,.]*(?: ?(?:%|per cent|million|m|bn|billion))?|[-–—]|\bn/a)$", re.IGNORECASE)
"""Matches the end of a row of a table."""
_STREET = r"(?:[A-Z][\w’'-]* ){1,3}(?:Street|Road|Square|Avenue|Lane|Place|Row|Way)"
_CONTACT = re.compile(
    r"(?:\+44 ?(?:\(0\))?|\b0)(?:[ -]?[0-9]){9,10}$"
    r"|\b(?i:tel(?:ephone)?|phone|call|helpline|freephone)\b[^.£]{0,40} [0-9 ]{3,}$"
    rf"|\b[A-Z]{{1,2}}[0-9][0-9A-Z]? [0-9][A-Z]{{2}}$|^(?:[^.£]{{1,60}}, )?[0-9]{{1,4}}[a-z]? {_STREET}\b[^.£]{{0,60}}$"
    r"|\bGOV\.UK(?: \(www\.gov\.uk\))?$"
)
"""Matches a line that ends with a telephone number, an address or the title of a page of GOV.UK."""
_LINK = re.compile(r"\[(?P<words>[^\[\]]+)\]\([^()\s]+\)")
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


_LOOSE = re.compile(r"[\[(]?([0-9]{1,3})[\])]?")
"""Matches a number alone on its line, as that of a page or a note."""
_OF_NOTE = re.compile(r"\W?([0-9]{1,3})\W{1,2}\w")
"""Matches the beginning of a note with its number."""


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
    def is_whole(self) -> bool:
        """Whether the line ends with a sentence or a web address, or is all in brackets or quotation marks."""
        if self.ends_sentence and not self.text.endswith((":", ";")):
            return True
        address = self.text.rsplit(" ", 1)[-1]
        in_brackets = self.text[0] in _OPENERS and self.text[-1] in _CLOSERS
        return in_brackets or "://" in address or address.startswith("www.")

    @property
    def is_contact(self) -> bool:
        """Whether the line ends with a telephone number, an address or the title of a page of GOV.UK."""
        return _CONTACT.search(self.text) is not None

    @property
    def words(self) -> str:
        """The words of a link, if the line is one in Markdown and nothing else; otherwise the text."""
        match = _LINK.fullmatch(self.text)
        return match["words"] if match else self.text

    @property
    def is_row(self) -> bool:
        """Whether the line has the mark of an item of a list, or ends like a row of a table."""
        return _ITEM.match(self.text) is not None or _ROW.search(self.text) is not None

    @property
    def is_note(self) -> bool:
        """Whether the line is a footnote, a total or an address of e-mail, which stand below a text."""
        is_address = " " not in self.text and "@" in self.text
        return is_address or _FOOTNOTE.match(self.text) is not None

    @property
    def is_label(self) -> bool:
        """Whether the line can be the words of a link or a button: short, not a sentence, and without a sum."""
        return len(self.text) <= LONGEST_LABEL and not self.ends_sentence and "£" not in self.text

    @property
    def is_footer(self) -> bool:
        """Whether a rule of `FOOTER` leaves the line out."""
        return _FOOTER.fullmatch(self.words) is not None


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


def require_complete(lines: Sequence[Line], *, may_end_in_list: bool = False, is_followed: bool = False) -> None:
    """Refuse a text that was cut, which stops in the middle of a sentence, or has strange lines below its last one.

    A last line without punctuation is accepted if it ends in an address or a number to call. With `may_end_in_list`, so
    are the lines of a list or table that the line above them announces, or that are rows with numbers.

    Args:
        lines: the text.
        may_end_in_list: whether its last lines may be a list or table.
        is_followed: whether a label follows, so that the text is not cut. Then a single line may end as it likes, and
            so may long lines and notes.

    Raises:
        ParseError: the text is cut, lines below its last sentence may be no part of it, or an editor's note or a loose
            number is in it.
    """
    for line in lines:
        if _NOTE.match(line.text):
            raise ParseError(f"line {line.number}: “{line.text[:40]}” is an editor's note among the words of the text")
    refuse_loose_number(lines)
    tail = [*takewhile(lambda line: not line.is_whole, reversed(lines))][::-1]
    if not tail or (is_followed and len(lines) == 1):
        return
    intro = lines[-len(tail) - 1].text if len(tail) < len(lines) else ""
    if may_end_in_list and _is_listed(intro, tail, 1 if is_followed else 2):
        return
    while tail and tail[-1].is_contact:
        tail.pop()
    if not tail:
        return
    if is_followed and all(map(_is_of_text, tail)):
        return
    if is_followed or (may_end_in_list and len(tail) > 1):
        raise ParseError(
            f"line {tail[0].number}: “{tail[0].text[:60]}” stands below the last full sentence and may be no part of"
            " the text, because no list or table is announced there"
        )
    last = tail[-1]
    raise ParseError(f"line {last.number}: the text stops in the middle of a sentence, at “…{last.text[-60:]}”")


def refuse_loose_number(lines: Sequence[Line]) -> None:
    """Refuse a text with a number alone between two of its sentences, which may be that of a page or a note.

    A number is that of an item if it counts, and that of a note if the text has the note.

    Raises:
        ParseError: there is such a number.
    """
    found = {place: int(match[1]) for place, line in enumerate(lines) if (match := _LOOSE.fullmatch(line.text))}
    notes = {int(match[1]) for line in lines if (match := _OF_NOTE.match(line.text))} if found else set()
    numbers = {*found.values()}
    for place, number in found.items():
        above, below = lines[max(place - 1, 0) : place], lines[place + 1 : place + 2]
        is_between = len(lines) > 1 and all(line.is_whole for line in (*above, *below))
        is_between = is_between and all(line.text[0].isupper() for line in below)
        if is_between and not numbers & {number - 1, number + 1} and number not in notes:
            line = lines[place]
            raise ParseError(
                f"line {line.number}: “{line.text}” stands alone between sentences and may be the number of a page or"
                " of a note; remove it, or put it in its sentence"
            )


def _is_of_text(line: Line) -> bool:
    """Return whether a line that ends no sentence is longer than any label, or a note below a text."""
    return len(line.text) > LONGEST_LABEL or line.is_note


def _is_listed(intro: str, tail: Sequence[Line], least: int) -> bool:
    """Return whether the lines below the last sentence of a text are a list or table that is a part of it.

    It has `least` lines, or more. Either the line above announces it, or its rows have numbers. If its first line has
    the mark of an item, the others have one too or go on in the line below.
    """
    items = tail[1:] if tail[0].text.endswith(":") else tail
    if len(items) < least or any(_SIGNS_OFF.fullmatch(line.text) for line in tail):
        return False
    if _ITEM.match(items[0].text) and not all(_ITEM.match(item.text) or item.text[0].islower() for item in items):
        return False
    if len(items) < len(tail) or _ANNOUNCES.search(intro):
        return True
    numbered = [item for item in items if _ROW.search(item.text)]
    return len(numbered) > 1 and 2 * len(numbered) >= len(items)
