"""Read a day of written ministerial statements of either House."""

from collections.abc import Iterator

from orderpaper.errors import ParseError
from orderpaper.records.types.written_statements import WrittenStatement
from orderpaper.sources.theyworkforyou.headings import Above
from orderpaper.sources.theyworkforyou.houses import house_of
from orderpaper.sources.theyworkforyou.payload import HEADINGS, File
from orderpaper.sources.theyworkforyou.words import speaker_of, text_of


def written_statements_of(file: File, url: str) -> Iterator[WrittenStatement]:
    """Yield the statements in order. In the Commons the wider heading is the department, the narrower one the heading.

    Raises:
        ParseError: a statement has no heading or no minister, a heading has nothing under it, or the House is unknown.
    """
    house = house_of(file, url)
    above = Above()
    ordinal = 0
    for element in file.elements:
        if element.tag in HEADINGS:
            above.add(element)
            continue
        above.is_open = False
        speaker, heading = speaker_of(element), above.heading or above.department
        if speaker is None or heading is None:
            raise ParseError(f"line {element.sourceline}: a written statement has no heading or no minister")
        ordinal += 1
        yield WrittenStatement(
            ordinal=ordinal,
            house=house,
            made_on=file.day,
            made_by_text=speaker.name,
            post_text=speaker.post,
            answering_body_text=above.department,
            heading=heading,
            text=text_of(element),
        )
    if above.is_open:
        raise ParseError("the last heading of the written statements has no statement under it")
