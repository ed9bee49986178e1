"""Read a day of written ministerial statements of either House."""

from collections.abc import Iterator

from orderpaper.errors import ParseError
from orderpaper.records.types.written_statements import WrittenStatement
from orderpaper.sources.theyworkforyou.headings import Above
from orderpaper.sources.theyworkforyou.houses import house_of
from orderpaper.sources.theyworkforyou.payload import HEADINGS, File
from orderpaper.sources.theyworkforyou.words import check_words, speaker_of, text_of


def written_statements_of(file: File, url: str) -> Iterator[WrittenStatement]:
    """Yield the statements in order. In the Commons the wider heading is the department, the narrower one the heading.

    A statement without a heading or a minister is refused, and so are the last headings if nothing stands under them.

    Raises:
        ParseError: the House is not known.
    """
    house = house_of(file, url)
    above = Above()
    ordinal = 0
    for element in file.elements:
        if element.tag in HEADINGS:
            above.add(element)
            continue
        above.close()
        if file.has_refused(element):
            continue
        try:
            speaker, heading, text = speaker_of(element), above.heading or above.department, text_of(element)
            check_words(element, text)
        except ParseError as error:
            file.refuse(element, str(error))
            continue
        if speaker is None or heading is None:
            file.refuse(element, f"line {element.sourceline}: a written statement has no heading or no minister")
            continue
        ordinal += 1
        yield WrittenStatement(
            ordinal=ordinal,
            house=house,
            made_on=file.day,
            made_by_text=speaker.name,
            post_text=speaker.post,
            answering_body_text=above.department,
            heading=heading,
            text=text,
        )
    for element in above.open_elements:
        file.refuse(element, "the last heading of the written statements has no statement under it")
