"""Read posts of departments' press blogs: fetched pages, and text that a person saved.

Saved text has a title, a line "Posted by: … Categories: …", sections, and lines of the site above and below. A heading
in it is a short line between complete sentences that does not end a sentence itself. A block quotation follows a line
such as "Home Secretary Sajid Javid said:" and ends before the next heading, the next such line or the end of the post.
A page of GOV.UK has "From:" and "Published" in the place of "Posted by:" (`gov_uk`).
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from orderpaper.errors import ParseError
from orderpaper.reading.dates import find_days, read_day
from orderpaper.reading.hyphens import refuse_divided
from orderpaper.reading.lines import Line, refuse_loose_number, require_complete
from orderpaper.reading.pieces import LeftOut, lines_of
from orderpaper.reading.printed import printed_lines, without_emphasis
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Document, Parsed, Refusal
from orderpaper.records.rows import Rows, refuse_strangers, refused_lines
from orderpaper.sources.press_blog.around import (
    ABOVE,
    BELOW,
    end_of_post,
    names_of_site,
    start_of_text,
    without_captions,
    without_others,
)
from orderpaper.sources.press_blog.byline import POSTED, POSTED_BY, bylines, day_printed, is_wrapped
from orderpaper.sources.press_blog.dating import date_of
from orderpaper.sources.press_blog.gov_uk import UPDATED, gov_byline
from orderpaper.sources.press_blog.page import read_page
from orderpaper.sources.press_blog.payload import KNOWN_AROUND, KNOWN_FIELDS, read_feed
from orderpaper.sources.press_blog.sections import Section, read_body, refuse_half_quotation, split_sections

KIND = "a press post"
LOOKED_FOR = "a line “Posted by: …” with “Categories: …”, or “From: …” with “Published …”"

_NOT_OF_POST = "stands beside the text of the post, and is not known to be a line of the site"
_QUOTED = re.compile(r"^[^\S\n]*>(?:[^\S\n]*>)*[^\S\n]?")
_HEADED = re.compile(r"^#{1,6} +(?=\S)")
_OF_BLOG = re.compile(
    r"[A-Z][\w’'&, -]{1,60} (?:in the [Mm]edia|[Bb]log|[Pp]ress [Oo]ffice|[Mm]edia [Cc]entre|[Nn]ews)"
)
"""Matches what may be the name of a blog."""
_ABOVE_TITLE: LeftOut = {rf"^{_OF_BLOG.pattern}$": "it names the blog"}
_READ_MORE = re.compile(r"Read more of ")
"""The link under the beginning of a post on a page that lists posts."""


def parse(document: Document) -> Parsed:
    """Return the sections and quotations of a post's page. A feed has only drift: its posts have pages of their own.

    Raises:
        ParseError: the document is neither, or lacks something that every feed or post has.
    """
    if b"<feed" in document.body[:1000]:
        feed = read_feed(document.body)
        rows: Rows[Any] = Rows()
        rows.add_others(feed.around, KNOWN_AROUND, "/feed", "feed")
        for number, elements in feed.elements.items():
            rows.add_others(elements, KNOWN_FIELDS, f"/feed/entry[{number}]", "entry")
        return Parsed(
            document_kind="press_feed",
            title=feed.title,
            understood_count=len(feed.entries),
            records=[*rows.drift],
            refusals=feed.refusals,
            pieces=rows.pieces,
        )
    page = read_page(document.body, document.url if document.kind == "post" else None)
    records, refusals = read_body(page.text, page.sections, page.quoted, page.pictures)
    return Parsed(
        document_kind="press_post",
        title=page.title,
        published_on=page.published_on,
        text=page.text,
        records=[*records],
        refusals=refusals,
        pieces=page.pieces,
    )


def matches(file: SavedFile) -> bool:
    """Return whether a saved file has the line under the title of every post of blog.gov.uk."""
    return any(bylines(file.lines))


def parse_text(text: str) -> Parsed:
    """Return the sections and quotations of saved text.

    There is a PostSection for the introduction (its heading is None) and for each heading, and a Quote for each block
    quotation and for each quoted phrase whose speaker is plain. The day is the one after "Posted on:" or, without that
    line, the day in the title, with the year that `dating.date_of` finds. A section that is cut is refused by itself,
    and so are lines around the post that are not known to be the site's, to link to other pages, or to be comments.

    Raises:
        ParseError: the line "Posted by:", the title or the body is missing, the day posted does not exist, or the only
            section is cut.
    """
    text, marked = _unmarked(text)
    lines = printed_lines(text)
    posted = next(bylines(lines), None)
    if posted is None:
        raise ParseError(f"no press post: {LOOKED_FOR} is missing")
    start, stop = posted
    summary = _summary(lines, start)
    titled = start - 2 if summary else _title(lines, start, stop)
    title = lines[titled].text
    stop = max(stop, titled + 1)
    top = min(start, titled)
    names = names_of_site(lines[: start - (titled < start)], title, lines[stop:])
    stop = start_of_text(lines, stop, {title, *names})
    footer = end_of_post(lines, stop)
    below = without_others(lines[footer:], names, title)
    _check_single([*lines[:footer], *below], lines)
    byline = lines[start : posted[1]]
    around = [
        ([line for line in lines[:top] if line.text not in names], {**ABOVE, **_ABOVE_TITLE}),
        ([] if is_wrapped(byline) else byline, {**POSTED, **UPDATED}),
        (below, BELOW),
    ]
    text, body = without_captions(text, lines[stop:footer])
    if not body:
        raise ParseError(f"the press post “{title}” has no text under its title")
    quoted = frozenset(line.number for line in body if line.number in marked)
    refusals = [refusal for found, rules in around for refusal in refuse_strangers(text, found, rules, _NOT_OF_POST)]
    numbers = frozenset(line.number for line in body if line.text.strip("[]()").isdigit())
    sections = [*([Section(None, summary)] if summary else []), *split_sections(body, numbers, quoted)]
    body = [*summary, *body]
    sections, body, faults = _whole_sections(text, sections, body, quoted, is_followed=footer < len(lines))
    refusals += faults
    records, unquoted = read_body(text, sections, quoted)
    return Parsed(
        document_kind="press_post",
        title=title,
        published_on=_published_on(byline, title, text),
        text=text,
        pieces=lines_of([lines[titled], *body], {}),
        records=[*records],
        refusals=[*refusals, *unquoted],
    )


def _whole_sections(
    text: str, sections: Sequence[Section], body: Sequence[Line], quoted: frozenset[int], *, is_followed: bool
) -> tuple[list[Section], list[Line], list[Refusal]]:
    """Return the sections that are whole, their lines and headings, and a refusal of each other section.

    Raises:
        ParseError: none is whole.
    """
    kept: list[Section] = []
    shown: list[Line] = []
    refusals: list[Refusal] = []
    place = 0
    for section in sections:
        end = body.index(section.lines[-1], place) + 1
        is_last = end == len(body) and not is_followed
        ends_whole = body[-1].ends_sentence and not body[-1].text.endswith((":", ";"))
        try:
            refuse_loose_number(section.lines)
            refuse_divided(text, section.lines)
            refuse_half_quotation(section.lines, quoted)
            if is_last and not ends_whole:
                require_complete(body[-1:])
        except ParseError as error:
            refusals.append(refused_lines(text, body[place:end], str(error)))
        else:
            kept.append(section)
            shown += body[place:end]
        place = end
    if not kept:
        raise ParseError(refusals[0].reason)
    return kept, shown, refusals


def _unmarked(text: str) -> tuple[str, frozenset[int]]:
    """Return a text without the marks of Markdown, and the numbers of the lines that are quoted."""
    lines = text.split("\n")
    quoted = frozenset(number for number, line in enumerate(lines, start=1) if _QUOTED.match(line))
    return "\n".join(without_emphasis(_HEADED.sub("", _QUOTED.sub("", line))) for line in lines), quoted


def _summary(lines: Sequence[Line], start: int) -> list[Line]:
    """Return the sentence below the title that sums up a page of GOV.UK, if it has one above its byline.

    Elsewhere, the line above the byline is the title.
    """
    is_gov = gov_byline(lines[start:]) is not None
    is_summed = is_gov and start > 1 and lines[start - 1].text.endswith(".") and not lines[start - 2].ends_sentence
    return [lines[start - 1]] if is_summed else []


def _title(lines: Sequence[Line], start: int, stop: int) -> int:
    """Return the number of the line with the title: the one above the byline.

    It is the one below if that begins with the one above, which then is the blog's name.

    Raises:
        ParseError: there is none, or the line above is the site's or may be the blog's name.
    """
    above = lines[start - 1].text if start else ""
    below = lines[stop].text if stop < len(lines) and lines[stop].is_label else ""
    if above and below.startswith(above) and below != above:
        return stop
    if not above or any(re.search(pattern, above) for pattern in ABOVE):
        raise ParseError(f"line {lines[start].number}: a press post has its title above “Posted by:”; there is none")
    if _OF_BLOG.fullmatch(above) and below not in ("", above):
        raise ParseError(
            f"line {lines[start - 1].number}: “{above}” may be the name of the blog, and “{below}” the title of the"
            " post; put the title above “Posted by:”"
        )
    return start - 1


def _check_single(lines: Sequence[Line], all_lines: Sequence[Line]) -> None:
    """Refuse a file that has more than one post.

    Args:
        lines: the lines without the comments of readers, who write "Posted by:" too.
        all_lines: all lines. A post may stand below the last comment.
    """
    if any(_READ_MORE.match(line.text) for line in lines):
        raise ParseError(
            "a listing of press posts, which has only the beginning of each; save the page of each post instead"
        )
    starts = {line.number for line in lines if POSTED_BY.match(line.text)}
    starts |= {all_lines[start].number for start, _ in bylines(all_lines)}
    if len(starts) > 1:
        first, second, *_ = sorted(starts)
        raise ParseError(
            f"the file has {len(starts)} press posts, with “Posted by:” first in the lines {first} and {second}; save"
            " each by itself"
        )


def _published_on(posted: Sequence[Line], title: str, text: str) -> dt.date | None:
    if printed := day_printed(posted):
        days = find_days(printed) or [*filter(None, [read_day(printed)])]
        if len(days) != 1 or days[0].date is None:
            raise ParseError(
                f"line {posted[0].number}: “{printed}” is not a day on which a post can have been published"
            )
        return days[0].date
    days = find_days(title)
    return date_of(days[0], text) if len(days) == 1 else None
