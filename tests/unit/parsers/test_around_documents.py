"""A sentence that stands anywhere in a saved post or digest is in a record or refused, or the document is."""

import dataclasses
import datetime as dt
import re
from functools import partial
from pathlib import Path

import pytest
from lxml import html
from shares import shared

from orderpaper.errors import ParseError
from orderpaper.reading.apart import OF_SITE, UNSEEN
from orderpaper.reading.lines import content_lines
from orderpaper.reading.markup import html_to_text
from orderpaper.reading.of_site import without_site
from orderpaper.reading.page import BESIDE
from orderpaper.records import Answer, Contribution, Document, Parsed, PostSection
from orderpaper.records.accounting import account
from orderpaper.sources.debate_digest.parse import parse_text as parse_digest
from orderpaper.sources.inbox.parse import parse
from orderpaper.sources.press_blog.parse import parse_text as parse_post

EXAMPLES = Path(__file__).with_name("examples")
TEXTS = [
    *((parse_post, path) for path in sorted(EXAMPLES.glob("press_blog/*.txt"))),
    *((parse_digest, path) for path in sorted(EXAMPLES.glob("debate_digest/*.txt"))),
]
SENTENCES = [
    "Ministers paid £7,654 million for quinces in Thurlby.",
    "The quinces of Thurlby were bought for these reasons:",
    "Copyright in quinces expires in Thurlby in 2031.",
    "© is what the quinces of Thurlby are printed with.",
    "Follow us to Thurlby, said those who grow quinces.",
    "Tags: the quinces of Thurlby cost £3 million.",
    "Categories: the quinces of Thurlby are of two kinds.",
    "About House of Lords quinces, Thurlby was told nothing.",
    "Share this page with Thurlby, which has no quinces.",
    "Leave a comment on quinces, Thurlby was told.",
    "▸ quinces for Thurlby, which cost £9 million.",
    "House of Commons quinces for Thurlby cost £4 million.",
]


def kept(parsed: Parsed) -> str:
    """Return the words of all records and refusals of a document, without white space."""
    values = [value for record in parsed.records for value in dataclasses.asdict(record).values()]
    values += [parsed.title, *(refusal.text for refusal in parsed.refusals)]
    return "".join("".join(value.split()) for value in values if isinstance(value, str))


def vanishes(read, text: str, sentence: str) -> bool:
    """Return whether a document is read in which nothing has the words of a sentence."""
    try:
        parsed = account(read(text))
    except ParseError:
        return False
    return "".join(sentence.split()).strip("▸:") not in kept(parsed)


@shared(one_in=4)
@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(("parse", "path"), TEXTS, ids=[path.stem for _, path in TEXTS])
def test_a_sentence_between_any_two_lines_does_not_vanish(parse, path, sentence, share):
    lines = path.read_text(encoding="utf-8").split("\n")
    texts = ("\n".join([*lines[:place], sentence, *lines[place:]]) for place in range(len(lines) + 1))
    assert [text for text in share.of(texts, path.name, sentence) if vanishes(parse, text, sentence)] == []


@pytest.mark.parametrize(("parse", "path"), TEXTS, ids=[path.stem for _, path in TEXTS])
def test_the_examples_have_nothing_that_is_refused(parse, path):
    assert account(parse(path.read_text(encoding="utf-8"))).refusals == []


POST = "Harbours: piers\nPosted by: Jo Ash, Posted on: 8 March 2023 - Categories: Piers\nWe mend piers.\n"
post = partial(str.__add__, POST)


def read(parse, text):
    """Return the texts of the records, and the refused lines, of a document."""
    parsed = account(parse(text))
    shown = [record.text for record in parsed.records if isinstance(record, PostSection | Contribution)]
    return shown, [line for refusal in parsed.refusals for line in refusal.text.split("\n")]


@pytest.mark.parametrize(
    ("below", "refused"),
    [
        ("Tags: piers, nets\nSharing and comments\nShare this page\n", []),
        ("Tags: piers, nets", []),
        ("You may also be interested in:\nNets and where to buy them\nHarbour dues\nSharing and comments\n", []),
        ("You may also be interested in:\nNets cost £12 million.\n", ["Nets cost £12 million."]),
        ("Share this page\nWe spend £5 million.\nNets\n", ["We spend £5 million.", "Nets"]),
        (
            "2 comments\nComment by Al Oak posted on 9 March 2023\nI saw a pier.\nReply\nLeave a comment\n"
            "We only ask for your email address so we know you're a real person\n© Crown copyright\n",
            [],
        ),
        (
            "Comment by Al Oak posted on 9 March 2023\nI saw a pier.\nLink to this comment\nWe have nets.\n",
            ["We have nets."],
        ),
        ("Related content and links\nOur piers\nSign up and manage updates\n", []),
        ("Leave a comment\nAll content is available under the Open Government Licence v3.0, and so on.\n", None),
    ],
)
def test_what_stands_below_a_post_is_known_or_refused(below, refused):
    shown, lost = read(parse_post, post(below))
    assert shown == ["We mend piers."]
    assert lost == (below.splitlines()[1:] if refused is None else refused)


def test_a_line_that_only_looks_like_tags_is_text():
    shown, refused = read(parse_post, post("Tags: how they work\nWe spend £12 million on tags.\n"))
    assert shown == ["We mend piers.", "We spend £12 million on tags."]
    assert refused == []


@pytest.mark.parametrize(
    "between", ["", "Sharing and comments\n", "Comment by Al Oak posted on 9 March 2023\nHello.\n"]
)
def test_several_posts_in_a_file_are_refused(between):
    with pytest.raises(
        ParseError, match=r"the file has 2 press posts, with “Posted by:” first in the lines 2 and \d+; save"
    ):
        parse_post(post(between + POST.replace("piers", "nets")))


def test_what_stands_above_a_post_is_known_or_refused():
    above = "Skip to main content\nBlog\nThe Pier Hub\nHarbours\nOrganisations:\nDepartment for Piers\n"
    below = "Related content and links\nThe Pier Hub\n"
    assert read(parse_post, f"{above}{POST}{below}") == (["We mend piers."], [])
    assert read(parse_post, f"{above}We have piers.\n{POST}{below}") == (["We mend piers."], ["We have piers."])


DIGEST = (EXAMPLES / "debate_digest/questions_only.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "put", "refused"),
    [
        ("At a Glance", "Tags\nPorts\nIt cost £3 million.\nAt a Glance", ["It cost £3 million."]),
        ("At a Glance", "At a Glance\nPeers met.", ["Peers met.", "Members debated bus lanes."]),
        ("Bus Lanes", "Home\n← Back to House of Lords Debates\nBus Lanes", []),
        ("Bus Lanes", "Buses run late.\nBus Lanes", ["Buses run late."]),
        (
            "Here's what each person said:",
            "Jo Pike said that it costs £4 million:",
            ["Jo Pike said that it costs £4 million:"],
        ),
        ("Other Contributors: 2", "Other Contributors: 4,000", ["4,000"]),
    ],
)
def test_what_stands_above_the_turns_of_a_digest_is_known_or_refused(line, put, refused):
    shown, lost = read(parse_digest, DIGEST.replace(line, put))
    assert shown == read(parse_digest, DIGEST)[0]
    assert lost == refused


def test_a_bullet_does_not_end_a_digest():
    listed = "Asked for two things.\n▸ the evidence, which cost £3 million.\n▸ the reply."
    assert listed in read(parse_digest, DIGEST.replace("Asked for the evidence.", listed))[0]


def test_what_stands_below_a_digest_is_known_or_refused():
    below = "▸\nAssessment & feedback\nSummary accuracy\nAbout House of Lords Debates\nBuses cost £3 million.\n"
    assert read(parse_digest, f"{DIGEST}\n{below}") == (read(parse_digest, DIGEST)[0], ["Buses cost £3 million."])


def test_two_digests_in_a_file_are_refused():
    with pytest.raises(
        ParseError, match=r"the file has 2 digests, with “At a Glance” first in the lines 7 and \d+; save"
    ):
        parse_digest(f"{DIGEST}\n{DIGEST}")


@pytest.mark.parametrize(
    "line",
    [
        "© Crown copyright 2025",
        "Copyright © UK Parliament 2025",
        "© 2024 Harbour Watch. All rights reserved.",
        "Copyright Harbour Watch 2024",
        "(c) Crown copyright",
        "Follow us on Twitter, Facebook and YouTube",
        "Terms and conditions",
        "Privacy\nCookies\nContact us",
    ],
)
def test_what_a_site_prints_below_every_page_is_left_out(line):
    assert without_site(content_lines(f"We mend piers.\n{line}"))[-1].text == "We mend piers."


@pytest.mark.parametrize(
    "line",
    [
        "Copyright in these works expires in 2025.",
        "Copyright Tribunal",
        "(c) Scotland",
        "(c) what is paid for piers",
        "Follow us, they said, and paid £3 million.",
        "Find us a pier",
        "Safety\nPrivacy",
    ],
)
def test_the_last_line_of_an_answer_is_not_taken_for_one_of_the_site(line):
    assert without_site(content_lines(f"We mend piers.\n{line}"))[-1].text == line.split("\n")[-1]


def dropped(text: str) -> Parsed:
    """Return what the inbox makes of a file."""
    return parse(
        Document(
            document_id="0",
            source="inbox",
            kind="file",
            url="a",
            media_type="text/html",
            fetched_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
            body=text.encode(),
        )
    )


PAGES = [EXAMPLES / name for name in ("question_listing/page.html", "debate_digest/page.html", "inbox/saved_page.html")]
QUINCES = "Ministers paid £7,654 million for quinces in Thurlby."
ELEMENTS = [
    "<p>{}</p>",
    "<div>{}</div>",
    "<aside><h2>Related</h2><p>{}</p></aside>",
    "<footer><p>{}</p></footer>",
    "<form><p>{}</p></form>",
    "<button>{}</button>",
    "<dialog>{}</dialog>",
    "<article><h2>Quinces</h2><p>{}</p></article>",
    "<article>{}</article>",
    "<section><article><h3>Quinces</h3>{}</article></section>",
]


def is_left_out(page: str) -> bool:
    """Return whether the sentence stands in an element that a rule leaves out."""
    (node,) = html.document_fromstring(page).xpath("//*[contains(text(), 'quinces')]")
    path = [each.tag for each in (node, *node.iterancestors())]
    beside = () if "main" in path or "<main" not in page else BESIDE
    return not {"head", *UNSEEN, *OF_SITE, *beside}.isdisjoint(path)


@shared(one_in=4)
@pytest.mark.parametrize("element", ELEMENTS)
@pytest.mark.parametrize("path", PAGES, ids=[f"{path.parent.name}/{path.name}" for path in PAGES])
def test_a_sentence_in_any_element_of_a_page_does_not_vanish(path, element, share):
    """All places near the ends of a page are tried and every third between, because those are alike."""
    page = path.read_text(encoding="utf-8")
    ends = [match.end() for match in re.finditer(r"<(?!script|style|title)[^>]+>", page)]
    ends = [*ends[:8], *ends[8:-8:3], *ends[-8:]]
    pages = [page[:end] + element.format(QUINCES) + page[end:] for end in ends]
    lost = [shown for shown in share.of(pages, path.name, element) if vanishes(dropped, shown, QUINCES)]
    assert [shown for shown in lost if not is_left_out(shown)] == []


ASKED = (
    "<p>Asked by: Jo Ash (Labour - Hull)</p><p>Question to the Department for Transport:</p><p>To ask the Secretary of"
    " State for Transport, what he spends.</p><p>Answered by Al Ash - Minister of State</p><p>We spend £3 million.</p>"
)
ORAL = "<h1>Dues</h1><p>1. What steps he is taking to lower harbour dues.</p><p>We have cut the dues.</p>"
POSTED = (
    "<h1>Piers</h1><p>Posted by: Jo Ash, Posted on: 8 March 2023 - Categories: Piers</p><p>We mend piers.</p>"
    "<p>Leave a comment</p>"
)
TURNS = "".join(f"<p>{line}</p>" for line in DIGEST.splitlines())
HULL = "<article><h2>Hull win</h2><p>Fans paid £5 million.</p></article>"


@pytest.mark.parametrize(
    "main", [f"<article>{document}</article>{HULL}" for document in (f"<h1>Buses</h1>{ASKED}", ORAL, POSTED, TURNS)]
)
def test_another_article_on_a_page_is_refused_beside_every_kind(main):
    with pytest.raises(ParseError, match=r"the page has another article beside an? [a-z ]+, “Hull win”; save the page"):
        dropped(f"<html><body><main>{main}</main></body></html>")
    for page in (f"{main.replace(HULL, '')}</main>{HULL}", f"{main.removeprefix('<article>')}</main>"):
        with pytest.raises(ParseError, match=r"the page has another article beside an? "):
            dropped(f"<html><body><main>{page}</body></html>")


def test_a_document_may_be_built_of_articles():
    asked, question, answered = ASKED.partition("<p>To ask")
    day = "<p>Thursday 16 May 2024</p>"
    for page in (
        f"<article><h2>Buses</h2>{day}{ASKED}</article><article>{ASKED.replace('spends', 'pays')}</article>",
        f"<article><h2>Buses</h2>{day}{asked}</article><article>{question}{answered}</article>",
    ):
        parsed = account(dropped(f"<html><body><main>{page}</main></body></html>"))
        assert {record.text for record in parsed.records if isinstance(record, Answer)} == {"We spend £3 million."}
        assert parsed.refusals == []


@pytest.mark.parametrize(
    ("outside", "refused"),
    [
        ("<aside><h2>Related</h2><p>York got £9 million.</p></aside>", ["Related\nYork got £9 million."]),
        ("<aside><h2>Related</h2><a href='/'>More about buses</a></aside>", []),
        ("<form><p>It costs £2.</p><button>Send</button></form>", ["It costs £2.\nSend"]),
        ("<form><label>E-mail address</label><button>Subscribe</button></form>", []),
        ("<p><button>£8 million</button></p>", ["£8 million"]),
        ("<footer><p>Tags: buses</p><p>© Crown copyright 2024</p></footer>", []),
        ("<footer><p>It was £4 million.</p></footer>", ["It was £4 million."]),
        ("</main><div>It was £4 million.</div><main hidden>", None),
        ("<div id='comments'><article>I saw a bus, which cost £1.</article></div>", []),
        ("<ol><li class='comment even'>I saw a bus, which cost £1.</li></ol>", []),
        ("<aside class='sidebar'><p>This blog is about buses, and costs £1.</p></aside>", []),
        ("<div role='search'><p>Find a bus, if you can.</p></div>", []),
        ("<div class='cookie-banner'><p>We use some of them to make this site work.</p></div>", []),
    ],
)
def test_what_is_on_a_page_beside_the_document_is_known_or_refused(outside, refused):
    parsed = account(dropped(f"<html><body><main>{ASKED}{outside}</main></body></html>"))
    (answer,) = (record.text for record in parsed.records if isinstance(record, Answer))
    if refused is None:
        assert answer == "We spend £3 million.\nIt was £4 million.", "with two of them, the page is the document"
    else:
        assert answer == "We spend £3 million."
        assert [refusal.text for refusal in parsed.refusals] == refused


def test_sentences_beside_the_main_of_a_page_are_refused():
    page = "<html><body><div><a>Skip to the questions</a> {}</div><main>{}</main><footer>It is ours.</footer></body>"
    parsed = account(dropped(page.format("<p>It was £4 million.</p>", ASKED)))
    assert [(refusal.address, refusal.text) for refusal in parsed.refusals] == [("/html/body", "It was £4 million.")]
    assert account(dropped(page.format("<p>We use cookies to make it work.</p>", ASKED))).refusals == []


def test_a_form_around_the_whole_page_is_the_page():
    parsed = account(dropped(f"<html><body><form><input type='hidden'>{ASKED}</form></body></html>"))
    assert [record.text for record in parsed.records if isinstance(record, Answer)] == ["We spend £3 million."]


def test_a_page_that_goes_on_after_its_end_is_refused():
    page = f"<html><body><main>{ASKED}</main></body></html>\n"
    with pytest.raises(ParseError, match="the page goes on after its end, at “Asked by: Jo Ash"):
        dropped(page + page)
    assert dropped(f"{page}<script>count()</script>\n<!-- saved -->").records == dropped(page).records


@pytest.mark.parametrize("end", ["</body></html>", "</html>", "</BODY\n>", "</body></html><html><body>"])
def test_markup_goes_on_after_the_end_of_a_page_in_it(end):
    assert html_to_text(f"<p>One.</p>{end}<p>Two.</p>") == "One.\nTwo."


@pytest.mark.parametrize("below", ["Contact us\n© UK Parliament 2024", "Follow us on X", "Copyright 2024 Harbour"])
def test_what_a_site_prints_below_a_listing_is_no_loss(below):
    listing = re.sub("<[^>]+>", "\n", ASKED)
    assert account(dropped(f"{listing}\n{below}")).records == dropped(listing).records
    assert account(dropped(f"{listing}\n{below}")).refusals == []


@pytest.mark.parametrize("mark", ["\u200b", "\ufeff", "\u200e", "\u00a0"])
def test_a_label_with_invisible_characters_is_a_label(mark):
    with pytest.raises(ParseError, match="the file has 2 press posts"):
        parse_post(post(f"{mark}{POST.replace('Posted by', f'{mark}Posted by')}"))
    with pytest.raises(ParseError, match="the file has 2 digests"):
        parse_digest(f"{DIGEST}\n{mark}At a Glance\nHow the{mark} Debate Unfolded\n")
    assert dropped(DIGEST.replace("How the", f"{mark}How the")).document_kind == "debate_digest"
