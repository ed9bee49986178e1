"""Posts of departments' press blogs, saved as text: a title, a line "Posted by: … Categories: …", sections, a footer.

In plain text a heading is a short line of its own, between complete sentences, that ends no sentence itself; a block
quotation is what follows a line such as "Home Secretary Sajid Javid said:", up to the next heading, the next such line
or the footer.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from orderpaper.dates import find_days
from orderpaper.errors import ParseError
from orderpaper.lines import Line, Passage, content_lines, passage, require_complete
from orderpaper.records import Parsed, PostSection, Quote
from orderpaper.sources.press_blog.dating import date_of
from orderpaper.sources.press_blog.quotes import Speaker, block_speaker, find_phrases, posts_printed

PARSER_VERSION = 1
LOOKED_FOR = "a line “Posted by: …” with “Categories: …”"

_POSTED_BY = re.compile(r"Posted by ?:")
_CATEGORIES = re.compile(r"\bCategories ?:")
_POSTED_ON = re.compile(r"Posted on ?:(?P<when>.*?)(?:[-–] ?Categories ?:|$)")
_FOOTER = re.compile(
    r"Sharing and comments|Share this page|Leave a comment|Related content and links|Comments are closed\.?|Tags:.*"
    r"|You may also be interested in:?"
)
_LONGEST_HEADING = 100
_POSTED_LINES = 5


@dataclass(slots=True)
class _Section:
    heading: str | None
    lines: list[Line] = field(default_factory=list)


def is_post(lines: Sequence[Line]) -> bool:
    """Whether the document has the line under its title that posts of blog.gov.uk have."""
    return _posted(lines) is not None


def parse_text(text: str) -> Parsed:
    """A PostSection for the introduction (heading None) and for each heading; a Quote for each block and plain phrase.

    A speaker's office is as printed with the words or, failing that, with the name elsewhere in the post. The day is
    what "Posted on:" says; else the day in the title, its year worked out by `dating.date_of`.

    Raises:
        ParseError: the line "Posted by:", the title or the body is missing, a heading has no text under it, the day
            posted does not exist, or the text is cut.
    """
    lines = content_lines(text)
    posted = _posted(lines)
    if posted is None:
        raise ParseError(f"no press post: {LOOKED_FOR} is missing")
    start, stop = posted
    if start == 0:
        raise ParseError(f"line {lines[0].number}: a press post has its title above “Posted by:”; there is none")
    title = lines[start - 1].text
    site = {line.text for line in lines[:start]}
    while stop < len(lines) and lines[stop].text in site:
        stop += 1
    footer = next((n for n, line in enumerate(lines) if n >= stop and _FOOTER.fullmatch(line.text)), len(lines))
    body = lines[stop:footer]
    if not body:
        raise ParseError(f"the press post “{title}” has no text under its title")
    if footer == len(lines):
        require_complete(body)
    parsed = Parsed(
        document_kind="press_post",
        parser_version=PARSER_VERSION,
        title=title,
        published_on=_published_on(lines[start : posted[1]], title, text),
        text=text,
    )
    posts = posts_printed(text)
    quotes = 0
    for ordinal, section in enumerate(_sections(body), start=1):
        parsed.records.append(PostSection(ordinal=ordinal, heading=section.heading, **passage(text, section.lines)))
        for speaker, is_block, span in _quotes(text, section):
            quotes += 1
            parsed.records.append(
                Quote(
                    ordinal=quotes,
                    section_ordinal=ordinal,
                    speaker_text=speaker.name,
                    speaker_post_text=speaker.post or posts.get(speaker.name),
                    is_block=is_block,
                    **span,
                )
            )
    return parsed


def _posted(lines: Sequence[Line]) -> tuple[int, int] | None:
    """First line and end of the part that says by whom, when and under which categories the post was published."""
    for start, line in enumerate(lines):
        if _POSTED_BY.match(line.text):
            for stop in range(start, min(start + _POSTED_LINES, len(lines))):
                if _CATEGORIES.search(lines[stop].text):
                    return start, stop + 1
            return None
    return None


def _published_on(posted: Sequence[Line], title: str, text: str) -> dt.date | None:
    match = _POSTED_ON.search(" ".join(line.text for line in posted))
    printed = match["when"].strip() if match else ""
    if printed:
        days = find_days(printed)
        if len(days) != 1 or days[0].date is None:
            raise ParseError(
                f"line {posted[0].number}: “{printed}” is not a day on which a post can have been published"
            )
        return days[0].date
    days = find_days(title)
    return date_of(days[0], text) if len(days) == 1 else None


def _sections(lines: list[Line]) -> list[_Section]:
    sections = [_Section(heading=None)]
    for number, line in enumerate(lines):
        if _is_heading(lines, number):
            if sections[-1].heading and not sections[-1].lines:
                raise ParseError(f"line {line.number}: the heading “{sections[-1].heading}” has no text under it")
            sections.append(_Section(heading=line.text))
        else:
            sections[-1].lines.append(line)
    return [section for section in sections if section.lines]


def _is_heading(lines: list[Line], number: int) -> bool:
    """Whether a line heads what follows: short, ends no sentence, and stands between complete sentences."""
    line = lines[number]
    if line.is_closed or len(line.text) > _LONGEST_HEADING or number + 1 == len(lines):
        return False
    above, below = lines[number - 1] if number else None, lines[number + 1]
    stands_alone = above is None or (above.is_closed and not above.text.endswith((":", ";", ",")))
    return stands_alone and below.is_closed


def _quotes(text: str, section: _Section) -> Iterator[tuple[Speaker, bool, Passage]]:
    """The quotations of a section in reading order: speaker, whether it is a block, and where it stands."""
    number = 0
    while number < len(section.lines):
        line = section.lines[number]
        number += 1
        speaker = block_speaker(line.text)
        if speaker is None:
            for phrase in find_phrases(text[line.start : line.end]):
                start, end = line.start + phrase.start, line.start + phrase.end
                yield phrase.speaker, False, {"text": text[start:end], "char_start": start, "char_end": end}
            continue
        first = number
        while number < len(section.lines) and not block_speaker(section.lines[number].text):
            number += 1
        if number == first:
            raise ParseError(f"line {line.number}: “{line.text}” introduces a quotation, but none follows")
        yield speaker, True, passage(text, section.lines[first:number])
