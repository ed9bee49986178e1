"""A row that is not understood costs only itself: it is refused with its address and text, and the others are kept."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from orderpaper.errors import ParseError
from orderpaper.records import Answer, Contribution, Document, Parsed, PostSection, Question, Quote, Refusal
from orderpaper.records.accounting import account
from orderpaper.sources.debate_digest.parse import parse_text as parse_digest
from orderpaper.sources.oral_sitting.parse import parse_text as parse_sitting
from orderpaper.sources.press_blog.parse import parse as parse_post_or_feed
from orderpaper.sources.press_blog.parse import parse_text as parse_post

EXAMPLES = Path(__file__).with_name("examples")
SITTING, DIGEST, FEED, PAGE = (
    (EXAMPLES / name).read_text(encoding="utf-8")
    for name in (
        "oral_sitting/headed.txt",
        "debate_digest/statement.txt",
        "press_blog/feed.xml",
        "press_blog/page.html",
    )
)
POST = """Harbour plans
Posted by: Press office, Posted on: 8 June 2023 - Categories: Harbours
The Department set aside £2 million for piers today.
Coverage of nets
The papers write about nets.
Odette Farnsworth, Harbours Minister, said:
We will mend every net.
"""


def read(parse: Callable[[str], Parsed], text: str) -> tuple[Parsed, list[tuple[str, str]]]:
    """Return the document, accounted for, and the address and the first line of the text of each refusal."""
    parsed = account(parse(text))
    return parsed, [(refusal.address, refusal.text.split("\n")[0]) for refusal in parsed.refusals]


def texts(parsed: Parsed, record_type: type) -> list[str]:
    return [record.text for record in parsed.records if isinstance(record, record_type)]


def document(body: str) -> Document:
    return Document(document_id="0", source="x", kind="", url="", media_type="", fetched_at=None, body=body.encode())


def test_the_last_exchange_of_a_sitting_may_be_cut():
    whole = texts(parse_sitting(SITTING), Question)
    parsed, refused = read(parse_sitting, SITTING.rstrip()[:-20])
    assert texts(parsed, Question) == whole[:-1]
    assert refused == [("line 13", "Topical Questions")]


def test_a_question_of_a_sitting_without_an_answer_costs_only_itself():
    asked = "2. How many of her Department’s piers were mended in 2024."
    parsed, refused = read(parse_sitting, SITTING.replace("Topical Questions", f"{asked}\n\nTopical Questions"))
    assert texts(parsed, Question) == texts(parse_sitting(SITTING), Question)
    assert refused == [("line 13", asked)]
    with pytest.raises(ParseError, match="line 1: the question has no answer under it"):
        parse_sitting(asked)


def test_a_section_of_a_digest_of_an_unknown_kind_costs_only_itself():
    parsed, refused = read(parse_digest, DIGEST.replace("Shadow Comment", "Crossbench Comment"))
    assert texts(parsed, Contribution) == texts(parse_digest(DIGEST), Contribution)[:-1]
    assert refused == [("line 38", "Crossbench Comment")]


def test_a_turn_of_a_digest_without_text_is_refused_and_its_reply_answers_nothing():
    asked = "Asked why the eastern stretch was left to the last.\n"
    parsed, refused = read(parse_digest, DIGEST.replace(asked, ""))
    assert refused == [("line 19", "Tobias Wren-Askew")]
    reply = next(record for record in parsed.records if isinstance(record, Contribution) and record.role == "reply")
    assert (reply.reply_to_ordinal, reply.answer_ordinal) == (None, None)
    assert [answer.question_ordinals for answer in parsed.records if isinstance(answer, Answer)] == [[1], [2]]


@pytest.mark.parametrize(
    ("before", "after", "refused"),
    [
        ("Green\nMarlcombe\nQuestion\nWelcomed", "Question\nWelcomed", ("line 32", "Question")),
        ("Noted what was said.", "Noted what was said.\nMinister reply\nAnd again.", ("line 38", "Minister reply")),
        (
            "Government Statement\nGovernment",
            "Stray words of a page.\nGovernment Statement\nGovernment",
            ("line 15", ""),
        ),
        ("▸", "Minister reply\nIt is mended, and the rest will", ("line 42", "Minister reply")),
    ],
    ids=["no speaker", "a reply to nothing", "text above the first turn", "cut"],
)
def test_an_odd_turn_of_a_digest_costs_only_itself(before, after, refused):
    assert before in DIGEST
    changed = DIGEST.replace(before, after, 1)
    if "rest will" in after:
        changed = changed.partition("\nAssessment")[0]
    parsed, found = read(parse_digest, changed)
    assert [address for address, _ in found] == [refused[0]]
    assert refused[1] in found[0][1]
    assert len(texts(parsed, Contribution)) >= len(texts(parse_digest(DIGEST), Contribution)) - 1


def test_a_digest_of_which_no_turn_is_understood_is_refused_whole():
    head, _, _ = DIGEST.partition("Government Statement")
    with pytest.raises(ParseError, match="line 15: “Minister reply” follows no question"):
        parse_digest(f"{head}Minister reply\nIt is mended.")


def test_a_section_of_a_post_that_is_cut_costs_only_itself():
    parsed, refused = read(parse_post, POST.removesuffix("net.\n"))
    assert texts(parsed, PostSection) == ["The Department set aside £2 million for piers today."]
    assert refused == [("line 4", "Coverage of nets")]
    with pytest.raises(ParseError, match="line 3: the text stops in the middle of a sentence"):
        parse_post(POST.partition(" today")[0])


def test_a_line_that_introduces_no_quotation_is_refused_and_its_section_is_kept():
    said = "Odette Farnsworth, Harbours Minister, said:"
    text = POST.replace(said, f"{said}\n{said}")
    parsed, refused = read(parse_post, text)
    assert refused == [("line 6", said)]
    assert texts(parsed, Quote) == ["We will mend every net."]
    assert len(texts(parsed, PostSection)) == 2


ENTRY = re.search(r"<entry>.*?</entry>", FEED, re.DOTALL)[0]


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        (re.sub("<published>.*?</published>", "", ENTRY), "`published`"),
        (ENTRY.replace('rel="alternate"', 'rel="enclosure"'), "`link`"),
        (re.sub("<(published|updated)>.*?</", r"<\1>soon</", ENTRY), "Invalid RFC3339"),
        (ENTRY, "is given twice"),
        ("<entry/>", "`title`"),
    ],
)
def test_an_odd_entry_of_a_feed_costs_only_itself(odd, reason):
    odd = odd if "twice" in reason else re.sub("<id>.*?</id>", "<id>other</id>", odd)
    parsed = account(parse_post_or_feed(document(FEED.replace("</feed>", f"{odd}</feed>"))))
    count = FEED.count("<entry>")
    (refusal,) = parsed.refusals
    assert isinstance(refusal, Refusal)
    assert (refusal.address, parsed.understood_count) == (f"/feed/entry[{count + 1}]", count)
    assert reason in refusal.reason
    assert refusal.text.startswith("<entry")


def test_words_that_introduce_nothing_on_a_page_cost_only_themselves():
    whole = parse_post_or_feed(document(PAGE))
    said = "<p>Odette Farnsworth, Harbours Minister, said:</p>"
    odd = re.sub(r"(</div>\s*<footer>)", rf"{said}\1", PAGE, count=1)
    parsed = account(parse_post_or_feed(document(odd)))
    assert [refusal.text for refusal in parsed.refusals] == ["Odette Farnsworth, Harbours Minister, said:"]
    assert texts(parsed, Quote) == texts(whole, Quote)


def test_comments_below_a_post_do_not_make_it_a_listing():
    below = "Sharing and comments\nComment by Jo posted on 3 May 2020\nPosted by: me\nRead more of this\n"
    assert account(parse_post(POST + below)).records == parse_post(POST).records


def test_a_day_in_the_header_of_a_sitting_that_does_not_exist_is_refused_and_is_no_heading():
    header = "Skip to main content\nHedges\nVolume 757: debated on Tuesday 25 November 2024\n"
    asked = "What steps her Department is taking to plant hedges.\nWe plant them.\n"
    parsed, refused = read(parse_sitting, header + asked)
    assert refused == [("line 3", "Volume 757: debated on Tuesday 25 November 2024")]
    (question,) = (record for record in parsed.records if isinstance(record, Question))
    assert (question.heading, question.due_on, parsed.published_on) == ("Hedges", None, None)
