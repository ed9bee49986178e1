"""A sentence that stands anywhere in a saved post or digest is in a record or refused, or the document is."""

import dataclasses
from functools import partial
from pathlib import Path

import pytest

from orderpaper.errors import ParseError
from orderpaper.reading.lines import content_lines, without_footer
from orderpaper.records import Contribution, Parsed, PostSection
from orderpaper.records.accounting import account
from orderpaper.sources.debate_digest.parse import parse_text as parse_digest
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


def vanishes(parse, text: str, sentence: str) -> bool:
    """Return whether a document is read in which nothing has the words of a sentence."""
    try:
        parsed = account(parse(text))
    except ParseError:
        return False
    return "".join(sentence.split()).strip("▸:") not in kept(parsed)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(("parse", "path"), TEXTS, ids=[path.stem for _, path in TEXTS])
def test_a_sentence_between_any_two_lines_does_not_vanish(parse, path, sentence):
    lines = path.read_text(encoding="utf-8").split("\n")
    texts = ("\n".join([*lines[:place], sentence, *lines[place:]]) for place in range(len(lines) + 1))
    assert [text for text in texts if vanishes(parse, text, sentence)] == []


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
    with pytest.raises(ParseError, match="the file has several press posts, with “Posted by:” in lines 2, "):
        parse_post(post(between + POST.replace("piers", "nets")))


def test_a_listing_of_two_lines_above_the_title_keeps_its_other_lines():
    shown, refused = read(parse_post, "Skip to main content\nBlog Harbours\nHarbours\nWe have piers.\n" + POST)
    assert (shown, refused) == (["We mend piers."], ["We have piers."])


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
        ("Other Contributors: 9", "Other Contributors: 4,000", ["4,000"]),
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
    with pytest.raises(ParseError, match=r"the file has several digests, with “At a Glance” in lines 7, "):
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
    assert without_footer(content_lines(f"We mend piers.\n{line}"))[-1].text == "We mend piers."


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
    assert without_footer(content_lines(f"We mend piers.\n{line}"))[-1].text == line.split("\n")[-1]
