"""A saved post is the same post whatever its blog prints around it: bylines, links to share it, names, other pages."""

import dataclasses
import datetime as dt
import time

import pytest
from test_saved_layouts import dropped

from orderpaper.errors import ParseError
from orderpaper.reading.printed import printed_lines
from orderpaper.records import Parsed, PostSection, Quote
from orderpaper.records.accounting import account
from orderpaper.sources.press_blog.byline import bylines
from orderpaper.sources.press_blog.parse import parse_text

ABOVE = "Skip to main content\nHarbours in the media\nHarbours in the media: piers\n"
BYLINE = "Posted by: Jo Ash, Posted on: 8 March 2023 - Categories: Piers, Nets\n"
BODY = """Papers report on piers today.
Piers to open in spring
The piers will open, and cost £3 million.
Harbour Minister Ada Quill said:
We mend piers.
We mend nets too.
"""
POST = f"{ABOVE}{BYLINE}{BODY}"


def read(text: str) -> Parsed:
    return account(parse_text(text))


WHOLE = read(POST)


def shown(parsed: Parsed) -> tuple[object, ...]:
    """Return what a post says, without where it says it."""
    passages = [(record.text, getattr(record, "heading", None)) for record in parsed.records]
    return parsed.title, parsed.published_on, passages, parsed.refusals


def kept(parsed: Parsed) -> str:
    values = [value for record in parsed.records for value in dataclasses.asdict(record).values()]
    values += [parsed.title, *(refusal.text for refusal in parsed.refusals)]
    return "\n".join(value for value in values if isinstance(value, str))


def test_the_post_is_read_as_a_person_reads_it():
    assert WHOLE.published_on == dt.date(2023, 3, 8)
    sections = [(record.heading, record.text) for record in WHOLE.records if isinstance(record, PostSection)]
    assert [heading for heading, _ in sections] == [None, "Piers to open in spring"]
    assert [quote.text for quote in WHOLE.records if isinstance(quote, Quote)] == ["We mend piers.\nWe mend nets too."]
    assert WHOLE.refusals == []


@pytest.mark.parametrize(
    "byline",
    [
        "Posted by: Jo Ash\nPosted on: 8 March 2023\nCategories: Piers, Nets\n",
        "Posted by:\nJo Ash\n, Posted on:\n8 March 2023\n- Categories:\nPiers\n,\nNets\n",
        "Posted by:\nJo Ash,\nPosted on:\n8 March 2023\n-\nCategories:\nPiers,\nNets\n",
        "by\nJo Ash\nposted on\n8 March 2023\ncategories\nPiers, Nets\n",
        "By\nJo Ash\nand\nAl Oak\nPosted on\nWednesday 8 March 2023\nCategories\nPiers\n",
        "By Jo Ash\nPosted on 8 March 2023\nCategories: Piers\n",
        "8 March 2023 by Jo Ash\n",
        "Wednesday 8 March 2023 By Jo Ash - Piers, Nets\n",
        "Posted on 8 March 2023 by Jo Ash\n",
        "Published: 8 March 2023, by Harbour news team\n",
        "By Jo Ash on 8 March 2023\n",
        "by Jo Ash, 2023-03-08\n",
        "Written by: Jo Ash\nDate: 8 March 2023\nCategories: Piers\n",
        "Author\nJo Ash\nPublished on\n8 March 2023\nCategory\nPiers\n",
        "Posted by: Jo Ash, Posted on: 8 March 2023 - Categories: Piers,\nNets\n",
        "Posted by: Jo Ash, Posted on: 8 March 2023 - Categories:\nPiers, Nets\n\n",
        "Posted by: Jo Ash, Posted on:\n8 March 2023 - Categories: Piers, Nets\n",
        "From: Jo Ash\nPublished: 8 March 2023\nCategories: Piers\n",
        "From:\nJo Ash\nPublished:\n8 March 2023\nCategories:\nPiers\n",
    ],
)
def test_a_byline_may_stand_on_several_lines(byline):
    assert shown(read(f"{ABOVE}{byline}{BODY}")) == shown(WHOLE)


def test_a_byline_may_be_wrapped_anywhere_and_have_a_caption_where_it_is():
    words = BYLINE.split()
    for place in range(2, words.index("Categories:") + 1):
        byline = f"{' '.join(words[:place])}\nPhoto: a pier at dawn\n{' '.join(words[place:])}\n"
        assert shown(dropped(f"{ABOVE}{byline}{BODY}")) == shown(WHOLE), byline


def test_a_byline_may_have_no_categories():
    assert shown(dropped(f"{ABOVE}{BYLINE.split(' - ', maxsplit=1)[0]}\n\n{BODY}")) == shown(WHOLE)


@pytest.mark.parametrize("blog", ["Defra in the media", "Home Office News", "DfE Media Centre", "MOD Press Office"])
def test_the_name_of_the_blog_above_the_title_is_left_out(blog):
    assert shown(read(f"{blog}\n\nPiers to open\n\n{BYLINE}\n{BODY}")) == ("Piers to open", *shown(WHOLE)[1:])


def test_a_heading_under_an_empty_byline_is_no_category():
    parsed = read(f"{ABOVE}Posted by:\nPosted on: - Categories:\nPiers to open\n{BODY}")
    assert "Piers to open" in kept(parsed)
    assert next(record.heading for record in parsed.records if isinstance(record, PostSection)) == "Piers to open"


@pytest.mark.parametrize("line", ["We spend £3 million.", "Nets cost £3", "It was said: nets."])
def test_a_line_of_the_text_in_a_byline_does_not_vanish(line):
    lines = "Posted by:\nJo Ash\nPosted on:\n8 March 2023\nCategories:\nPiers".split("\n")
    for place in range(len(lines) + 1):
        byline = "\n".join([*lines[:place], line, *lines[place:]])
        try:
            assert line in kept(read(f"{ABOVE}{byline}\n{BODY}"))
        except ParseError:
            continue


BLOCKS = [
    "Facebook\nX (formerly Twitter)\nLinkedIn\n",
    "Share on Facebook\nShare on X (formerly Twitter)\nEmail\n",
    "Share:\nTwitter (X)\nBluesky\nWhatsApp\nCopy link\n",
    "Tweet this\nShare on LinkedIn\nEmail this page\nPrint\n",
    "Twitter\nFacebook\n",
]


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("end", ["", "Leave a comment\n", "Sharing and comments\nShare this page\n", "Tags: piers\n"])
def test_links_to_share_a_post_are_no_part_of_it(block, end):
    assert shown(read(f"{ABOVE}{BYLINE}{block}{BODY}{block}{end}")) == shown(WHOLE)
    assert shown(read(f"{ABOVE}{BYLINE}{BODY}{end}{block}")) == shown(WHOLE)


@pytest.mark.parametrize("name", ["Harbours in the media", "Harbours in the media: piers"])
@pytest.mark.parametrize("block", BLOCKS)
def test_the_name_of_the_blog_stands_among_links_to_share_a_post(name, block):
    links = block.split("\n")
    for place in range(len(links)):
        below = "\n".join([*links[:place], name, *links[place:]])
        assert shown(read(f"{POST}Sharing and comments\nShare this page\n{below}")) == shown(WHOLE)


@pytest.mark.parametrize("listed", ["Facebook\nX", "Twitter", "Facebook and X\nWhatsApp"])
def test_names_of_networks_that_a_sentence_lists_are_text(listed):
    body = f"{BODY}These were asked:\n{listed}\nThey agreed.\n"
    assert f"These were asked:\n{listed}\nThey agreed." in kept(read(f"{ABOVE}{BYLINE}{body}"))


@pytest.mark.parametrize("heading", ["Recent posts", "You may also be interested in:", "Related content and links"])
def test_labels_under_a_heading_of_links_within_a_post_do_not_vanish(heading):
    lines = BODY.rstrip("\n").split("\n")
    for place in range(len(lines) + 1):
        inner = [*lines[:place], heading, "Quinces of Thurlby", "How to buy nets?", *lines[place:]]
        parsed = read(ABOVE + BYLINE + "\n".join(inner)) if place else None
        if parsed and place < len(lines):
            assert all(line in kept(parsed) for line in inner if line != heading)
        elif parsed:
            assert "Quinces of Thurlby" not in kept(parsed)


def test_two_headings_in_a_row_are_one():
    body = BODY.replace("Piers to open in spring\n", "Chapter of piers\nPiers to open in spring\n")
    parsed = read(f"{ABOVE}{BYLINE}{body}")
    sections = [record for record in parsed.records if isinstance(record, PostSection)]
    assert [section.heading for section in sections] == [None, "Chapter of piers: Piers to open in spring"]
    assert sections[1].text == WHOLE.records[1].text
    assert parsed.refusals == []


def test_two_headings_after_a_quotation_end_it():
    parsed = read(f"{POST}Chapter of nets\nNets to be mended\nNets are mended in May.\n")
    assert [quote.text for quote in parsed.records if isinstance(quote, Quote)] == ["We mend piers.\nWe mend nets too."]


@pytest.mark.parametrize("listed", ["One\nTwo\nThree", "first nets\nthen piers"])
def test_lines_of_a_list_are_no_headings(listed):
    parsed = read(f"{ABOVE}{BYLINE}{BODY}{listed}\nThey agreed.\n")
    assert [record.heading for record in parsed.records if isinstance(record, PostSection)] == [
        None,
        "Piers to open in spring",
    ]


@pytest.mark.parametrize("below", ["", "Sharing and comments\n"])
def test_an_editor_s_note_costs_no_section(below):
    lines = BODY.rstrip("\n").split("\n")
    for place in range(len(lines) + 1):
        noted = [*lines[:place], "Editor's note: this post was updated on 5 May 2025.", *lines[place:]]
        parsed = read(ABOVE + BYLINE + "\n".join(noted) + f"\n{below}")
        assert parsed.refusals == []
        assert all(line in kept(parsed) for line in noted)


NAME, TITLE = "Harbours in the media", "Harbours in the media: piers"


def test_the_title_may_stand_under_the_byline():
    assert shown(read(f"Skip to main content\n{NAME}\n{BYLINE}{TITLE}\n{BODY}")) == shown(WHOLE)


@pytest.mark.parametrize("above", ["", "Skip to main content\n", f"{NAME}\n", "Menu\n"])
@pytest.mark.parametrize("below", ["Piers to open\n", "Nets\n"])
def test_a_title_that_is_not_certain_is_refused(above, below):
    with pytest.raises(ParseError, match=r"title above “Posted by:”"):
        read(f"{above}{BYLINE}{below}{BODY}")


CAPTIONS = [
    "[Image: a pier at dusk]",
    "Picture: Crown copyright",
    "Photo: Jo Ash",
    "Image credit: Jo Ash",
    "Caption: piers",
    "Visitors on a pier. Credit: PA",
    "Ada Quill on a pier (Photo: Jo Ash)",
    "![A pier at dusk](https://www.example.org/pier.jpg)",
]


@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_caption_or_a_credit_is_no_part_of_the_text_in_any_place(caption):
    lines = BODY.rstrip("\n").split("\n")
    words = [(type(record), record.text.split()) for record in WHOLE.records]
    for place in range(len(lines) + 1):
        for shown_as in (caption, f"\n{caption}\n"):
            body = "\n".join([*lines[:place], shown_as, *lines[place:]])
            parsed = read(ABOVE + BYLINE + body + "\nSharing and comments\n")
            assert [(type(record), record.text.split()) for record in parsed.records] == words
            sections = [record for record in parsed.records if isinstance(record, PostSection)]
            assert [section.heading for section in sections] == [None, "Piers to open in spring"]
            assert parsed.refusals == []


@pytest.mark.parametrize(
    "line",
    [
        "Credit: the cost is £3 million.",
        "The picture: piers are shut!",
        "Photos show that 3 piers: are shut. They are.",
    ],
)
def test_a_sentence_like_a_caption_stays(line):
    parsed = read(f"{ABOVE}{BYLINE}Papers report on piers today.\n{line}\nNets are sold.\nSharing and comments\n")
    assert line in kept(parsed)


@pytest.mark.parametrize("marked", ["> We mend piers.\nWe mend nets too.", "> We mend piers.\n\nI sell my nets."])
def test_a_quotation_of_which_a_part_is_marked_is_refused(marked):
    parsed = read(POST.replace("We mend piers.\nWe mend nets too.", marked) + "Sharing and comments\n")
    (refusal,) = parsed.refusals
    assert "the quotation above may go on here" in refusal.reason
    assert refusal.text.startswith("Piers to open in spring")
    assert [record.text for record in parsed.records] == ["Papers report on piers today."]


@pytest.mark.parametrize("mark", ["> ", ">", "  > "])
def test_what_markdown_marks_as_a_quotation_is_one_without_its_mark(mark):
    body = BODY.replace("We mend piers.\n", f"\n{mark}We mend piers.\n>\n").replace(
        "We mend nets", f"{mark}We mend nets"
    )
    parsed = read(f"{ABOVE}{BYLINE}{body}\nPapers report on nets too.\n\n## Nets\n\nNets are sold.\n")
    quotes = [record for record in parsed.records if isinstance(record, Quote)]
    assert [(quote.text.split(), quote.speaker_text) for quote in quotes] == [
        ("We mend piers. We mend nets too.".split(), "Ada Quill")
    ]
    sections = [record for record in parsed.records if isinstance(record, PostSection)]
    assert [section.heading for section in sections] == [None, "Piers to open in spring", "Nets"]
    assert all(">" not in record.text and "#" not in record.text for record in parsed.records)
    assert parsed.refusals == []


ENDS = ["Leave a comment", "Comments", "Comments (2)", "2 comments", "2 thoughts on “Piers”", "Join the conversation"]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("author", ["Comment by Al Oak posted on 9 March 2023", "Al Oak says:", "Al Oak, 9 March 2023"])
def test_what_readers_write_is_no_part_of_a_post(end, author):
    parsed = read(f"{POST}{end}\n{author}\nI want more piers.\nReply\nSharing and comments\n")
    assert (parsed.title, [record.text for record in parsed.records]) == (TITLE, [r.text for r in WHOLE.records])
    assert "I want more piers." not in "".join(record.text for record in parsed.records)


@pytest.mark.parametrize(
    "line", ["A pier was opened on 8 March 2023 by Jo Ash", "8 March 2023 by sea", "8 March 2023 by Jo Ash. It rained."]
)
def test_a_line_of_the_text_with_a_day_and_a_name_is_no_byline(line):
    assert not any(bylines(printed_lines(f"Harbours\n{line}\n{BODY}")))
    lines = BODY.rstrip("\n").split("\n")
    for place in range(len(lines) + 1):
        text = "\n".join([*lines[:place], "8 March 2023 by Jo Ash", *lines[place:]])
        assert "8 March 2023 by Jo Ash" in kept(read(f"{ABOVE}{BYLINE}{text}\nSharing and comments\n"))


@pytest.mark.parametrize("line", ["1.", "Q.", "3", "8 March 2023 by Jo", "Picture: a pier", "> We mend nets", "Share"])
def test_a_post_is_read_in_time_that_grows_with_its_lines(line):
    text = POST.replace("We mend nets too.", "\n".join([line] * 20_000))
    start = time.process_time()
    try:
        parse_text(f"{text}We mend nets.\nSharing and comments\n")
    except ParseError as error:
        assert str(error)
    assert time.process_time() - start < 6  # seconds; it takes 1
