"""Read a day of written ministerial statements of either House."""

from collections.abc import Iterator

from orderpaper.errors import ParseError
from orderpaper.records.types.written_statements import WrittenStatement
from orderpaper.sources.theyworkforyou.houses import house_of
from orderpaper.sources.theyworkforyou.payload import File
from orderpaper.sources.theyworkforyou.words import line_of, speaker_of, text_of


def written_statements_of(file: File, url: str) -> Iterator[WrittenStatement]:
    """Yield the statements in order. In the Commons the wider heading is the department, the narrower one the heading.

    Raises:
        ParseError: a statement has no heading or no minister, a heading has nothing under it, or the House is unknown.
    """
    house = house_of(file, url)
    departments: list[str] = []
    headings: list[str] = []
    made, is_open = 0, False
    for element in file.elements:
        if element.tag == "speech":
            speaker = speaker_of(element)
            if speaker is None or not headings + departments:
                raise ParseError(f"line {element.sourceline}: a written statement has no heading or no minister")
            made += 1
            is_open = False
            yield WrittenStatement(
                ordinal=made,
                house=house,
                made_on=file.day,
                made_by_text=speaker.name,
                post_text=speaker.post,
                answering_body_text=": ".join(departments) or None,
                heading=": ".join(headings or departments),
                text=text_of(element),
            )
            continue
        if not is_open:
            headings = []
            departments = departments if element.tag == "minor-heading" else []
        (departments if element.tag == "major-heading" else headings).append(line_of(element))
        is_open = True
    if is_open:
        raise ParseError("the last heading of the written statements has no statement under it")
