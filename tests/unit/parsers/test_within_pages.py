"""What stands in any element between the first and the last words of a document on a page is read or refused."""

import dataclasses
import datetime as dt
import html
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from orderpaper.errors import ParseError
from orderpaper.reading.apart import MARK
from orderpaper.reading.markup import html_to_text
from orderpaper.reading.page import read_page
from orderpaper.records import Document, Parsed
from orderpaper.records.accounting import account
from orderpaper.sources.inbox.parse import parse

EXAMPLES = Path(__file__).with_name("examples")


def example(name: str) -> str:
    return (EXAMPLES / name).read_text(encoding="utf-8")


def page_of(name: str) -> str:
    """Return a page with a paragraph for each line of a saved text."""
    lines = "\n".join(f"<p>{html.escape(line)}</p>" for line in example(name).splitlines() if line.strip())
    return f"<html><body><nav>Home</nav><main>\n{lines}\n</main><footer>Made by volunteers.</footer></body></html>"


PAGES = {
    "listing": (example("question_listing/page.html"), "<p>Ferries: Conc", "duty on cider"),
    "digest": (example("debate_digest/page.html"), "<p>Coastal Footpaths", "asked who will maintain"),
    "short listing": (example("inbox/saved_page.html"), "Asked by:", "They are not"),
    "post": (page_of("press_blog/dated.txt"), "<p>Education in the media: school", "Attendance has risen"),
    "sitting": (page_of("oral_sitting/saved_page.txt"), "1. What steps", "I would be delighted"),
}
"""Each page, with where the document on it begins, and where its last words are."""
CONTENTS = [
    ["Quinces", "Medlars"],
    ["£3 million"],
    ["Thurlby", "94%"],
    ["Monday 4 March 2019"],
    ["7,654"],
    ["quinces of several kinds are grown"],
    ["Ministers paid £7,654 million for quinces in Thurlby."],
]
TELLING = [[" of ".join(texts)] for texts in CONTENTS if texts != ["Quinces", "Medlars"]]
"""Texts that have a number or more than a few words, as an alternative for a picture has to have to be kept."""


WRAPPERS = {
    "aside": ("<aside><ul>{}</ul></aside>", "<li>{}</li>"),
    "table": ("<aside><table><tr>{}</tr></table></aside>", "<td>{}</td>"),
    "form": ("<form><ul>{}</ul></form>", "<li>{}</li>"),
    "nav": ("<nav><ol>{}</ol></nav>", "<li>{}</li>"),
    "footer": ("<footer><ul>{}</ul></footer>", "<li>{}</li>"),
    "dialog": ("<dialog><ul>{}</ul></dialog>", "<li>{}</li>"),
    "button": ("{}", "<button>{}</button>"),
    "svg": ("<svg><g>{}</g></svg>", "<text>{}</text>"),
    "select": ("<select>{}</select>", "<option>{}</option>"),
    "datalist": ("<datalist>{}</datalist>", "<option>{}</option>"),
    "cookies": ("<div class='cookies-and-cakes'><ul>{}</ul></div>", "<li>{}</li>"),
    "sidebar": ("<div class='sidebar'><ul>{}</ul></div>", "<li>{}</li>"),
    "comments": ("<div id='comments'><ul>{}</ul></div>", "<li>{}</li>"),
    "role": ("<div role='navigation'><ul>{}</ul></div>", "<li>{}</li>"),
    "hidden": ("<div hidden><ul>{}</ul></div>", "<li>{}</li>"),
    "no display": ("<div style='color: red; display:none'><ul>{}</ul></div>", "<li>{}</li>"),
    "not visible": ("<ul style='visibility: hidden'>{}</ul>", "<li>{}</li>"),
    "aria-hidden": ("<ul aria-hidden='true'>{}</ul>", "<li>{}</li>"),
    "nested": ("<aside>Share<form><nav><ul>{}</ul></nav></form></aside>", "<li>{}</li>"),
}
"""Elements, each with the one around each text in it."""
SHOWN = {
    "img": ("{}", "<img src='a.png' alt='{}'>"),
    "img in an aside": ("<aside>{}</aside>", "<img alt='{}'>"),
    "input": ("{}", "<input value='{}'>"),
    "optgroup": ("<select>{}</select>", "<optgroup label='{}'></optgroup>"),
    "drawing": ("<svg>{}</svg>", "<title>{}</title>"),
    "figcaption": ("{}", "<figure><img alt=''><figcaption>{}</figcaption></figure>"),
}
"""Elements with words that are no text, or stand with a picture."""


def wrapped(element: tuple[str, str], texts: list[str]) -> str:
    return element[0].format("".join(map(element[1].format, texts)))


def dropped(text: str) -> Parsed:
    document = Document(
        document_id="0",
        source="inbox",
        kind="file",
        url="a",
        media_type="text/html",
        fetched_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
        body=text.encode(),
    )
    return account(parse(document))


def kept(parsed: Parsed) -> str:
    """Return the words of all records and refusals of a document, without white space."""
    values = [value for record in parsed.records for value in dataclasses.asdict(record).values()]
    values += [parsed.title, *(refusal.text for refusal in parsed.refusals)]
    shown = [f"{value:%A} {value.day} {value:%B %Y}" if isinstance(value, dt.date) else value for value in values]
    return "".join("".join(value.split()) for value in shown if isinstance(value, str))


def places(page: str, first: str, last: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and after each end of a tag between the first and the last words of the document.

    Under the heading "Tags" of a digest, any line is a tag.
    """
    start, end = page.index(first) + len(first), page.rindex(last)
    for match in re.finditer(r"<[^>]+>", page):
        if start < match.end() <= end and ">Tags<" not in page[match.end() - 50 : match.end()]:
            yield page[: match.end()], page[match.end() :]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("element", "contents"),
    [*((element, CONTENTS) for element in WRAPPERS.values()), *((element, TELLING) for element in SHOWN.values())],
    ids=[*WRAPPERS, *SHOWN],
)
def test_what_is_in_any_element_within_a_document_does_not_vanish(name, element, contents):
    vanished, read_count = [], 0
    for (before, after), texts in zip(places(*PAGES[name]), itertools.cycle(contents), strict=False):
        try:
            words = kept(dropped(before + wrapped(element, texts) + after))
        except ParseError:
            continue
        read_count += 1
        vanished += [(before[-40:], text) for text in texts if "".join(text.split()) not in words]
    assert vanished == []
    assert read_count


LABELS = [
    "<div role='search'><button>Search</button></div>",
    "<aside><h2>Share this page</h2><a>Facebook</a><br><a>X (formerly Twitter)</a><br><a>LinkedIn</a></aside>",
    "<form><label>Subscribe</label><button>Sign up</button><input type='hidden' value='a1b2c3'></form>",
    "<nav><ul><li>Share on Bluesky</li><li>Email this page</li><li>Print</li></ul></nav>",
    "<button>Copy link</button><button>Show full answer</button>",
    "<svg><title>Share</title><path d='M0'></path></svg><img alt='Portrait'>",
    "<div hidden>Show more</div>",
    "<input type='checkbox' value='17'>",
]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("element", LABELS)
def test_labels_of_the_site_within_a_document_are_no_loss(name, element):
    page, first, last = PAGES[name]
    whole = dropped(page)
    for before, after in places(page, first, last):
        if before.endswith(("</p>", "</div>")):
            parsed = dropped(before + element + after)
            assert (parsed.records, parsed.refusals) == (whole.records, whole.refusals), before[-40:]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("element", [WRAPPERS[name] for name in ("nav", "sidebar", "select", "hidden", "svg")])
def test_what_is_of_the_site_around_a_document_is_left_out(name, element):
    page = PAGES[name][0]
    whole = dropped(page)
    start = page.index("<main>") + len("<main>")
    end = page.index("</main>")
    for place in (start, end):
        for texts in CONTENTS:
            parsed = dropped(page[:place] + wrapped(element, texts) + page[place:])
            assert (parsed.records, parsed.refusals) == (whole.records, whole.refusals)


def test_an_element_that_is_not_shown_but_has_most_of_the_text_is_the_page():
    page = example("inbox/saved_page.html")
    for hidden in ("hidden", "style='display: none'"):
        assert dropped(page.replace("<div>", f"<div {hidden}>", 1)).records == dropped(page).records


def test_the_places_of_what_is_set_apart_do_not_depend_on_spaces():
    page = read_page(
        f"<html><body><main><nav>Home 1</nav><p>One  <svg><text>2</text></svg> two{MARK}</p>\n<p>thr<img alt='No. 4'>ee"
        "</p><aside>Five</aside></main></body></html>"
    )
    assert page.text == "One two\nthree"
    assert [(page.text[:place], piece.address.rsplit("/main/")[1], piece.text) for place, piece in page.within] == [
        ("", "nav", "Home 1"),
        ("One", "p/svg", "2"),
        ("One two\nthr", "p/img/@alt", "No. 4"),
        ("One two\nthree", "aside", "Five"),
    ]


ASKED = (
    "<p>Asked by: Jo Ash (Labour - Hull)</p><p>Question to the Department for Transport:</p><p>To ask the Secretary of"
    " State for Transport, what he spends.</p><p>Answered by Al Ash - Minister of State</p><p>We spend £3 million.</p>"
    "{}<p>Fares</p><p>They are low.</p>"
)


@pytest.mark.parametrize("element", [*WRAPPERS.values(), SHOWN["input"]])
def test_words_apart_from_a_text_are_not_accounted_for_by_a_part_of_it(element):
    if "aria-hidden" in element[0]:
        return  # A reader sees it: it is text.
    page = f"<html><body><main>{ASKED}</main></body></html>"
    for words in ("£3 million", "3", "We spend £3"):
        parsed = dropped(page.format(wrapped(element, [words])))
        assert [refusal.text for refusal in parsed.refusals][-1:] == [words]


@pytest.mark.parametrize("words", ["We spend £3 million.", "Fares", "Department for Transport"])
def test_what_is_on_a_page_twice_is_read_once(words):
    page = f"<html><body><main>{ASKED}</main></body></html>"
    for shown in (f"<div hidden>{words}</div>", f"<nav><a>Back</a> <a>{words}</a></nav>"):
        assert dropped(page.format(shown)).refusals == []


@pytest.mark.parametrize("element", ["aside", "details", "fieldset", "legend", "summary", "form", "nav", "option"])
def test_words_of_two_elements_are_not_joined(element):
    assert html_to_text(f"<p>We spend <{element}>3</{element}><{element}>4</{element}></p>") == "We spend\n3\n4"
