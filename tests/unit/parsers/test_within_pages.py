"""Words in any element between the first and the last words of a document on a page are read or refused.

Only labels of the site are neither, of which each rule is named.
"""

import dataclasses
import datetime as dt
import html
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from shares import shared

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
OF_CONTROLS = [
    ["£3 million"],
    ["94%"],
    ["7,654"],
    ["2.5"],
    ["quinces of several kinds are grown"],
    ["They are low."],
    ["Ministers paid £7,654 million for quinces in Thurlby."],
]
"""Texts that no control has as its label."""
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


CONTROLS = {"nav", "dialog", "button", "svg", "select", "datalist", "role", "nested", "input", "optgroup"}
"""The elements that have no words of a document, in which a short text is a label."""
HIDDEN = {"hidden", "no display", "not visible", "aria-hidden"}
"""The elements whose words are text, because a folded answer is saved so."""


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


@shared(one_in=6)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("element", "contents"),
    [
        *((element, OF_CONTROLS if name in CONTROLS else CONTENTS) for name, element in WRAPPERS.items()),
        *((element, OF_CONTROLS[:-2] if name in CONTROLS else TELLING) for name, element in SHOWN.items()),
    ],
    ids=[*WRAPPERS, *SHOWN],
)
def test_what_is_in_any_element_within_a_document_does_not_vanish(name, element, contents, share):
    vanished, read_count = [], 0
    cases = zip(places(*PAGES[name]), itertools.cycle(contents), strict=False)
    for (before, after), texts in share.of(cases, name, *element):
        try:
            words = kept(dropped(before + wrapped(element, texts) + after))
        except ParseError:
            continue
        read_count += 1
        vanished += [(before[-40:], text) for text in texts if "".join(text.split()) not in words]
    assert vanished == []
    assert read_count or not share.is_rest  # of a few places, each may be one where the page is refused


LABELS = [
    "<div role='search'><button>Search</button></div>",
    "<aside><h2>Share this page</h2><a>Facebook</a><br><a>X (formerly Twitter)</a><br><a>LinkedIn</a></aside>",
    "<form><label>Subscribe</label><button>Sign up</button><input type='hidden' value='a1b2c3'></form>",
    "<nav><ul><li>Share on Bluesky</li><li>Email this page</li><li>Print</li></ul></nav>",
    "<button>Copy link</button><button>Show full answer</button>",
    "<svg><title>Share</title><path d='M0'></path></svg><img alt='Portrait'>",
    "<div hidden>Show more</div>",
    "<input type='checkbox' value='17'>",
    "<button>View full question</button><button>Track this question</button><button>Like (12)</button>",
    "<button>Copy Link</button><button>Share this contribution</button><button>READ FULL SPEECH</button>",
    "<button>Watch from 11.32</button>",
    "<select><option>Sort by date</option><option>10 per page</option><option>Thurlby</option></select>",
    "<datalist><option>Ann Otter</option></datalist>",
    "<nav><a>Back to question 1</a></nav><nav><a>1</a> <a>2</a> <a>3</a></nav><nav><p>Page 3 of 7,654</p></nav>",
    "<div role='navigation'><ul><li>All questions</li><li>By department</li></ul></div>",
    "<input value='https://questions.example.uk/2024/12345%206'><input value='UIN 12345'>",
    "<svg><text>JQ</text></svg><svg><title>External link opens in a new tab</title></svg>",
    "<dialog><h2>Share</h2><p>Choose a network</p></dialog>",
    "<aside>Advertisement</aside><aside>More from Ann Otter</aside>",
    "<div class='cookie-banner'><p>We use cookies. See how in our notice.</p><button>Accept</button></div>",
    "<footer>Tabled 1 May 2024 · UIN 12345</footer><footer><p>Answered on Friday, 3 May 2024</p></footer>",
    "<img alt='Official portrait of the Rt Hon Ida Elk MP'><img alt='Photo of Ann Otter, MP for Ely since 2015'>",
    "<img alt='Portrait 1234.jpg'><img alt='Picture of the Secretary of State for Transport'>",
    "<div style='display:none'><a>Share this specific contribution</a><br><a>Copy</a></div>",
]


@shared(one_in=6)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("element", LABELS)
def test_labels_of_the_site_within_a_document_are_no_loss(name, element, share):
    page, first, last = PAGES[name]
    whole = dropped(page)
    between = (place for place in places(page, first, last) if place[0].endswith(("</p>", "</div>")))
    for before, after in share.of(between, name, element):
        parsed = dropped(before + element + after)
        assert (parsed.records, parsed.refusals) == (whole.records, whole.refusals), before[-40:]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("element", [WRAPPERS[name] for name in ("nav", "sidebar", "select", "svg")])
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
        f"<html><body><main><nav>Home £1</nav><p>One  <svg><text>2</text></svg> two{MARK}</p>\n<p>thr<img alt='No. 4'>"
        "ee</p><aside>Five</aside></main></body></html>"
    )
    assert page.text == "One two\nthree"
    assert [(page.text[:place], piece.address.rsplit("/main/")[1], piece.text) for place, piece in page.within] == [
        ("", "nav", "Home £1"),
        ("One", "p/svg", "2"),
        ("One two\nthr", "p/img/@alt", "No. 4"),
        ("One two\nthree", "aside", "Five"),
    ]


ASKED = (
    "<p>Asked by: Jo Ash (Labour - Hull)</p><p>Question to the Department for Transport:</p><p>To ask the Secretary of"
    " State for Transport, what he spends.</p><p>Answered by Al Ash - Minister of State</p><p>We spend £3 million.</p>"
    "{}<p>Fares</p><p>They are low.</p>"
)


@pytest.mark.parametrize("name", [name for name in (*WRAPPERS, "input") if name not in HIDDEN])
def test_words_apart_from_a_text_are_not_accounted_for_by_a_part_of_it(name):
    page = f"<html><body><main>{ASKED}</main></body></html>"
    for words in ("£3 million", "We spend £3", *(["3"] if name not in CONTROLS else [])):
        parsed = dropped(page.format(wrapped((WRAPPERS | SHOWN)[name], [words])))
        assert [refusal.text for refusal in parsed.refusals][-1:] == [words]


@pytest.mark.parametrize("words", ["We spend £3 million.", "Fares", "Department for Transport"])
def test_what_is_on_a_page_twice_is_read_once(words):
    page = f"<html><body><main>{ASKED}</main></body></html>"
    for shown in (f"<div hidden>{words}</div>", f"<nav><a>Back</a> <a>{words}</a></nav>"):
        assert dropped(page.format(shown)).refusals == []


@pytest.mark.parametrize("element", ["aside", "details", "fieldset", "legend", "summary", "form", "nav", "option"])
def test_words_of_two_elements_are_not_joined(element):
    assert html_to_text(f"<p>We spend <{element}>3</{element}><{element}>4</{element}></p>") == "We spend\n3\n4"


FOLDS = ("hidden", "style='color: red; display:none'", "style='visibility: hidden'")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("fold", FOLDS)
def test_what_a_page_has_folded_is_read_as_what_it_shows(name, fold):
    page, first, last = PAGES[name]
    whole = dropped(page)
    for before, after in places(page, first, last):
        if before.endswith("<p>"):
            folded = dropped(f"{before[:-1]} {fold}>{after}")
            assert (folded.records, folded.refusals) == (whole.records, whole.refusals), after[:40]
    folded = dropped(page.replace("<p>", f"<p {fold}>"))
    assert (folded.records, folded.refusals) == (whole.records, whole.refusals)


@pytest.mark.parametrize("fold", FOLDS)
def test_a_folded_half_of_an_answer_is_a_part_of_it(fold):
    page = f"<html><body><main>{ASKED}</main></body></html>"
    parsed = dropped(page.format(f"<div {fold}><p>It costs £4 million.</p></div>"))
    assert parsed.records[-1].text == "We spend £3 million.\nIt costs £4 million.\nFares\nThey are low."
    assert parsed.refusals == []


def listing(*questions: str) -> str:
    """Return a listing with what is to stand in each question, and an answer that all have."""
    asked = "".join(
        "<article><h2>Written Question</h2>{}<p>Asked by: Ida Elk (Labour - Hull)</p>"
        f"<p>Question to the Home Office:</p><p>To ask the Minister, how many there are in {place}.</p>"
        "<p>Answered by Al Ash - Minister</p><p>The information is not held.</p></article>".format(within)
        for place, within in zip(("Hull", "Ely", "York", "Deal"), questions, strict=False)
    )
    return f"<html><body><main><h1>Written questions</h1>{asked}</main></body></html>"


def test_the_same_folded_answer_is_kept_for_each_question():
    page = listing("", "", "")
    whole = dropped(page)
    assert len(whole.records) == 6
    above, first, second = page.split("<p>The information", 2)
    for one, other in itertools.product(("<p>", "<p hidden>"), repeat=2):
        mixed = f"{above}{one}The information{first}{other}The information{second}"
        assert dropped(mixed).records == whole.records


def test_a_folded_copy_of_the_words_beside_it_is_read_once():
    page = f"<html><body><main>{ASKED}</main></body></html>"
    assert dropped(page.format("<p hidden>We spend £3 million.</p>")).records == dropped(page.format("")).records


def test_a_label_that_an_article_repeats_is_read_once():
    assert dropped(listing(*["<p>Written Question</p>"] * 3)).records == dropped(listing("", "", "")).records


@pytest.mark.parametrize("alt", ["Ida Elk of the Committee for Hull", "The Rt Hon Ida Elk MP"])
def test_a_picture_that_is_named_by_words_of_the_text_is_no_loss(alt):
    named = "<p>Ida Elk of the Committee for Hull</p>"
    assert dropped(listing(f"{named}<img alt='{alt}'>")).refusals == dropped(listing(named)).refusals


@pytest.mark.parametrize(
    ("alt", "is_kept"),
    [
        ("Picture of quinces that were sold in Hull", True),
        ("Image of the 94 quinces in Hull", True),
        ("Portrait of Ida Elk, who spent £3 million.", True),
        ("Table of quinces: 2023 5, 2024 6", True),
        ("Ida Elk who sold the quinces 4 times", True),
        ("Portrait of Ida Elk", False),
    ],
)
def test_a_picture_that_says_more_than_whom_it_shows_is_refused(alt, is_kept):
    assert [refusal.text for refusal in dropped(listing("", f"<img alt='{alt}'>")).refusals] == [alt] * is_kept


def test_what_controls_of_one_kind_say_is_one_refusal():
    badges = [f"<button>{name} paid £{number} million</button>" for number, name in enumerate(("Jo", "Al", "Di"), 1)]
    (refusal,) = dropped(listing(*badges)).refusals
    assert refusal.text == "Jo paid £1 million\nAl paid £2 million\nDi paid £3 million"


@pytest.mark.parametrize("words", ["More by 94 people", "More from quinces is sold", "Tabled 1 May 2024 for £3"])
def test_what_only_begins_as_a_label_does_is_no_label(words):
    for element in ("aside", "footer"):
        (refusal,) = dropped(listing("", f"<{element}>{words}</{element}>")).refusals
        assert refusal.text == words


def test_names_of_many_pictures_take_time_that_grows_with_the_page():
    names = [f"Ida Elk of Hull and Quince{'x' * (number % 90)}y" for number in range(8_000)]
    page = listing("", "".join(f"<img alt='{name}'><p>{name[:-1]}</p>" for name in names))
    assert len(read_page(page).within) == len(names)


@pytest.mark.parametrize("name", PAGES)
def test_the_caption_of_a_picture_is_in_no_record(name):
    captions = [
        "A pier at dusk",
        "Visitors walk on a long pier at dusk. Credit: PA",
        "Ada Quill visits the pier at Thurlby",
    ]
    for (before, after), caption in zip(places(*PAGES[name]), itertools.cycle(captions), strict=False):
        figure = f"<figure><img src='a.png' alt=''><figcaption>{caption}</figcaption></figure>"
        try:
            parsed = dropped(before + figure + after)
        except ParseError:
            continue
        records = [value for record in parsed.records for value in dataclasses.asdict(record).values()]
        assert not [value for value in records if isinstance(value, str) and caption in " ".join(value.split())]
        assert (caption in [refusal.text for refusal in parsed.refusals]) == (caption != captions[0])


SAVED = [
    path
    for folder in ("debate_digest", "oral_sitting", "press_blog", "question_listing")
    for path in sorted((EXAMPLES / folder).glob("*.txt"))
]


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.name)
def test_a_text_that_a_browser_saved_as_a_page_is_that_text(path):
    text = path.read_text(encoding="utf-8")
    page = f"<html><head></head><body><pre style='white-space: pre-wrap;'>{html.escape(text)}</pre></body></html>"
    words = [
        [(type(record), record.text.split()) for record in dropped(saved).records if getattr(record, "text", None)]
        for saved in (text, page)
    ]
    assert words[0] == words[1]
