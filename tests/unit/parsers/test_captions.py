"""The captions and credits of pictures are left out wherever they stand; a line that may be one refuses its row."""

import pytest
from shares import Share, shared
from test_page_breaks import TEXTS, read, said

from orderpaper.errors import ParseError

CAPTIONS = [
    "Image: a pier at dusk",
    "[Photo: Crown copyright]",
    "Picture credit: Jo Ash",
    "Photograph by Jo Ash",
    "A pier at dusk (Picture: Crown copyright)",
    "![A pier at dusk](pier.jpg)",
]
UNSURE = [
    "Figure: officers of each year",
    "Image: 12 piers",
    "We opened it. (Picture: Crown copyright)",
    "Video: the pier",
    "![12 piers](pier.jpg)",
]


def with_line(name: str, line: str, place: int) -> str:
    lines = TEXTS[name][1].split("\n")
    return "\n".join([*lines[:place], line, *lines[place:]])


@shared(one_in=6)
@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_caption_is_left_out_wherever_it_stands(name: str, caption: str, share: Share) -> None:
    whole = read(name, TEXTS[name][1])
    first = 6 if name.startswith("press_blog") else 1  # below the byline, whose categories end at a blank line
    for place in share.of(range(first, TEXTS[name][1].count("\n") + 2), name, caption):
        parsed = read(name, with_line(name, caption, place))
        assert said(parsed) == said(whole)
        assert len(parsed.refusals) == len(whole.refusals)


@shared(one_in=6)
@pytest.mark.parametrize("name", [name for name in TEXTS if not name.startswith("press_blog")])
@pytest.mark.parametrize("line", UNSURE)
def test_a_line_that_may_be_a_caption_is_in_no_record(name: str, line: str, share: Share) -> None:
    for place in share.of(range(1, TEXTS[name][1].count("\n") + 2), name, line):
        try:
            parsed = read(name, with_line(name, line, place))
        except ParseError:
            continue
        assert line not in str(said(parsed))
