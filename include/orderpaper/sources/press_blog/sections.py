"""Read the body of a press post, saved or fetched: its sections, and whom they quote."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise, takewhile

from orderpaper.errors import ParseError
from orderpaper.reading.lines import Line, Passage, passage
from orderpaper.records import PostSection, Quote, Refusal
from orderpaper.records.rows import refused_lines
from orderpaper.sources.press_blog.quotes import Speaker, block_speaker, find_phrases, posts_printed

_LONGEST_HEADING = 100
_MOST_HEADINGS = 2
_OF_SPEAKER = re.compile(r"\b(?:I|I[’'](?:ve|m|ll|d)|[Ww]e|[Oo]ur|[Mm]y)\b")
"""Matches what a speaker says, and no department that reports it."""


@dataclass(slots=True)
class Section:
    """A headed part of a post; the introduction has no heading."""

    heading: str | None
    lines: list[Line] = field(default_factory=list)


def split_sections(
    lines: Sequence[Line], pictures: frozenset[int] = frozenset(), quoted: frozenset[int] = frozenset()
) -> list[Section]:
    """Return the sections of a body without markup, where a heading is recognised by its shape.

    Args:
        lines: the lines of the body.
        pictures: numbers of the lines that stand for a picture, and are no headings.
        quoted: numbers of the lines that are marked as a quotation, and are no headings.
    """
    sections = [Section(heading=None)]
    others = pictures | quoted
    number = 0
    while number < len(lines):
        heading = [] if lines[number].number in others else _heading(lines, number, pictures)
        if heading:
            sections.append(Section(heading=": ".join(line.text for line in heading)))
        else:
            sections[-1].lines.append(lines[number])
        number += len(heading) or 1
    return [section for section in sections if section.lines]


def read_body(
    text: str,
    sections: Sequence[Section],
    quoted: frozenset[int] = frozenset(),
    pictures: frozenset[int] = frozenset(),
) -> tuple[list[PostSection | Quote], list[Refusal]]:
    """Return a record for each section, followed by one for each quotation in it, and what is refused.

    A speaker's office is the one printed with the quotation or, without one, with the name elsewhere in the post.

    Args:
        text: the document's text.
        sections: its sections, in order.
        quoted: numbers of the lines that are marked up as a block quotation.
        pictures: numbers of the lines that stand for a picture, and divide a quotation.

    A line that introduces a quotation is refused if none follows. Its words are in the section, if it has others.

    Raises:
        ParseError: nothing is understood.
    """
    posts = posts_printed(text)
    records: list[PostSection | Quote] = []
    refusals: list[Refusal] = []
    sections_made = quotes = 0
    for section in sections:
        found = list(_quotes(text, section, quoted, pictures))
        refused = [each for each in found if isinstance(each, Refusal)]
        refusals += refused
        if len(refused) == len(section.lines):
            continue
        sections_made += 1
        records.append(PostSection(ordinal=sections_made, heading=section.heading, **passage(text, section.lines)))
        for speaker, is_block, span in (each for each in found if not isinstance(each, Refusal)):
            quotes += 1
            records.append(
                Quote(
                    ordinal=quotes,
                    section_ordinal=sections_made,
                    speaker_text=speaker.name if speaker else None,
                    speaker_post_text=speaker.post or posts.get(speaker.name or "") if speaker else None,
                    is_block=is_block,
                    **span,
                )
            )
    if refusals and not records:
        raise ParseError(refusals[0].reason)
    return records, refusals


def refuse_half_quotation(lines: Sequence[Line], quoted: frozenset[int]) -> None:
    """Refuse a section with a marked quotation that may go on in the paragraph below, which is not marked.

    Raises:
        ParseError: the speaker seems to speak in that paragraph too.
    """
    for above, below in pairwise(lines):
        is_below = above.number in quoted and below.number not in quoted
        if is_below and _OF_SPEAKER.search(below.text) and not block_speaker(below.text):
            raise ParseError(f"line {below.number}: the quotation above may go on here, but is not marked as one")


def _heading(lines: Sequence[Line], number: int, pictures: frozenset[int]) -> Sequence[Line]:
    """Return the line or the two lines that are a heading from `number` on, if any.

    Such a line is short, not the end of a sentence, and stands between complete sentences, with a picture above or
    below it or without. Two of them are a chapter's heading and its first section's, and begin with a capital; more
    than two are a list.
    """
    over = (lines[place] for place in range(number - 1, -1, -1))
    above = next((line for line in over if line.number not in pictures), None)
    if above and (not above.is_closed or above.text.endswith((":", ";", ","))):
        return []
    following = lines[number : number + _MOST_HEADINGS + 1]
    found = [
        *takewhile(
            lambda line: not (line.is_closed or line.number in pictures) and len(line.text) <= _LONGEST_HEADING,
            following,
        )
    ]
    is_heading = len(found) == 1 or (len(found) == _MOST_HEADINGS and all(line.text[0].isupper() for line in found))
    under = (lines[place] for place in range(number + len(found), len(lines)))
    below = next((line for line in under if line.number not in pictures), None)
    return found if is_heading and below and below.is_closed else []


def _quotes(
    text: str, section: Section, quoted: frozenset[int], pictures: frozenset[int]
) -> Iterator[tuple[Speaker | None, bool, Passage] | Refusal]:
    """Yield the quotations of a section in order: the speaker, whether it is a block quotation, and its passage.

    A block ends where its markup ends or, without markup, before the next line that introduces one or with the section.
    A picture divides it in two.
    """
    lines, number = section.lines, 0
    while number < len(lines):
        line = lines[number]
        speaker = None if line.number in quoted else block_speaker(line.text)
        number += speaker is not None
        first = number
        while number < len(lines) and lines[number].number in pictures:
            number += 1
        is_marked = number < len(lines) and lines[number].number in quoted
        while number < len(lines) and (
            lines[number].number in quoted or lines[number].number in pictures
            if is_marked
            else speaker and not block_speaker(lines[number].text)
        ):
            number += 1
        parts = groupby(lines[first:number], key=lambda line: line.number in pictures)
        spoken = [[*part] for is_picture, part in parts if not is_picture]
        for part in spoken:
            yield speaker, True, passage(text, part)
        if spoken:
            continue
        if speaker:
            yield refused_lines(text, [line], f"“{line.text}” introduces a quotation, but none follows")
        elif first == number:
            number += 1
            for phrase in find_phrases(text[line.start : line.end]):
                start, end = line.start + phrase.start, line.start + phrase.end
                yield phrase.speaker, False, {"text": text[start:end], "char_start": start, "char_end": end}
