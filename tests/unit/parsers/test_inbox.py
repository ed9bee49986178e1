"""Any bytes in the inbox become records, or are refused with one sentence that says why."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orderpaper.errors import ParseError
from orderpaper.records import Document
from orderpaper.sources.inbox.parse import parse

EXAMPLES = Path(__file__).with_name("examples")
INDEXES = ("feed.xml", "sections.json", "section_tree.json")
"""Examples of what only leads to documents; nobody saves them."""
SAVED = sorted(
    path for path in EXAMPLES.glob("*/*.*") if not path.name.endswith(".expected.json") and path.name not in INDEXES
)
BARE = "Question to the Home Office:\nTo ask the Secretary of State, what “£5” buys – if anything.\nA café’s tea.\n"


def dropped(body, url="a.txt"):
    return parse(
        Document(
            document_id="0" * 64,
            source="inbox",
            kind="file",
            url=url,
            media_type="text/plain",
            fetched_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
            body=body,
        )
    )


@pytest.mark.parametrize(
    "payload",
    [
        {"PagingInfo": {"Total": 1}, "Success": True, "Response": [{"Id": 1, "MotionText": "That this House notes."}]},
        {"PagingInfo": {"Total": 0}, "Success": True, "Response": []},
        {"Response": None},
    ],
    ids=["sister list", "no rows", "no list"],
)
def test_a_page_without_a_day_of_answer_is_not_one_of_oral_questions(payload):
    with pytest.raises(ParseError, match=r"of no known kind; looked for .*AnsweringWhen \(a payload of the oral-quest"):
        dropped(json.dumps(payload).encode())


def test_a_payload_of_two_kinds_is_refused_as_the_fault_of_a_parser():
    (both,) = json.loads((EXAMPLES / "written_questions" / "list.json").read_text())["results"][:1]
    with pytest.raises(ParseError, match=r"and as .*: it is one payload, so `matches` of one of these parsers"):
        dropped(json.dumps(both | {"AnsweringWhen": "2024-11-20"}).encode())


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_one_text_in_any_encoding_reads_the_same(encoding, line_end):
    parsed = dropped(BARE.replace("\n", line_end).encode(encoding))
    assert parsed.text == BARE
    assert [record.text for record in parsed.records] == BARE.strip().split("\n")[1:]


def test_latin_1_reads_as_windows_1252():
    latin = BARE.replace("“", '"').replace("”", '"').replace("–", "-").replace("’", "'")
    assert dropped(latin.encode("latin-1")).text == latin


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        ("\ufeff \u00a0".encode(), "empty"),
        (b"%PDF-1.7\n" + bytes(50), "not text: it is a PDF"),
        (b"PK\x03\x04" + bytes(50), "not text: it is a zip"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "not text: it is an image"),
        (bytes(range(256)) * 4, "not text"),
        (b"Question to the Home Office:\x00", "not text"),
        ("До свидания".encode("koi8-r"), "not text"),
        (BARE.encode()[:-3] + b"\xe2\x80", "UTF-8 that is damaged or cut"),
        (b"\xff\xfea", "not text"),
        (b"Nothing known.", "no known kind; looked for"),
        (b"{", "looks like JSON"),
        (b"[" * 100_000, "nests too deep"),
        (b'{"value": {"colour": "red"}}', "JSON of no known kind"),
        (b"[]", "JSON of no known kind"),
        (b"<html><body>" + b"<div>" * 5000, "nests elements"),
        (b"<html><frameset></frameset></html>", "no text"),
        (b"<p>Nothing known.</p>", "no known kind"),
        (b"Q1\nPartial Answer\nContext\nAssessment & feedback\n", "which is not read"),
        (BARE.encode() + b"How the Debate Unfolded\n", "reads as a digest of a debate and as a question listing"),
        (b"Title\nPosted by: , Posted on: - Categories: News\nSharing and comments\n", "no text under its title"),
        (b"Title\nPosted by: , Posted on: 31 June 2020 - Categories: News\nText.\n", "not a day"),
        (b"Title\nPosted by: - Categories: News\nA Home Office spokesperson said:\n", "stops in the middle"),
        (b"Title\nPosted by: - Categories: News\nA spokesperson said:\nShare this page\n", "none follows"),
        (b"What steps he is taking to mend roofs.\n", "has no answer under it"),
        (
            b"Monday 3 March 2025\nTuesday 4 March 2025\nWhat steps he is taking to mend roofs.\nWe mend them.\n",
            "the header names several days: 2025-03-03, 2025-03-04",
        ),
        (b"What steps he is taking to mend roofs.\nWe have sent", "stops in the middle of a sentence"),
        (
            b"What steps he is taking to mend roofs.\nWe have sent slates.\nMy hon.",
            "middle of a sentence, at “My hon.”",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(body, reason):
    with pytest.raises(ParseError) as refusal:
        dropped(body)
    assert reason in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("path", SAVED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_example_is_recognised_by_content_whatever_its_name(path):
    expected = json.loads(path.with_name(path.stem + ".expected.json").read_text(encoding="utf-8"))
    assert dropped(path.read_bytes(), url="misleading.pdf").document_kind == expected["document_kind"]


@pytest.mark.parametrize("name", INDEXES)
def test_what_only_leads_to_documents_is_refused(name):
    (path,) = EXAMPLES.glob(f"*/{name}")
    with pytest.raises(ParseError, match=r"of no known kind|looks like|is a feed"):
        dropped(path.read_bytes())


def test_a_saved_page_reads_as_its_text_does():
    page = "<!doctype html><html><head><title>x</title></head><body>{}</body></html>"
    paragraphs = "".join(f"<div><p>{line}</p></div>" for line in BARE.strip().split("\n"))
    assert dropped(page.format(paragraphs).encode()).records == dropped(BARE.encode()).records


POST = (
    "<article><h1>Fact sheet</h1><p>Posted by: Home Office - Categories: News</p>"
    "<p>The Home Office said on Tuesday that borders are open.</p></article>"
)
OTHER = "<article><h2>Fishing quotas</h2><p>The fleet may land more cod this year.</p></article>"
COMMENT = "<article><p>A comment of a reader has no heading.</p></article>"


def test_another_article_on_a_saved_page_is_not_taken_for_a_part_of_the_post():
    def page(articles):
        return f"<!doctype html><html><body><main>{articles}</main></body></html>".encode()

    with pytest.raises(ParseError, match="another article beside a press post, “Fishing quotas”"):
        dropped(page(f"{POST}{COMMENT}{OTHER}"))
    assert dropped(page(f"{POST}{COMMENT}")).document_kind == "press_post"
    assert dropped(page(POST)).title == "Fact sheet"


def test_a_page_break_in_a_saved_page_is_white_space():
    page = f"<html><body><nav>Menu</nav>\v\f<main>{BARE.strip()}</main></body></html>".replace("\n", "<br>")
    assert dropped(page.encode()).records == dropped(BARE.encode()).records


def test_comments_above_a_page_do_not_take_twice_as_long_each():
    page = (EXAMPLES / "question_listing/page.html").read_bytes()
    assert dropped(b"<!-- c -->\n" * 40 + page).records == dropped(page).records


def test_entities_of_a_document_type_are_not_expanded():
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};&a{n - 1};&a{n - 1};">' for n in range(1, 30)
    )
    with pytest.raises(ParseError):
        dropped(f"{bomb}]><html><body><p>&a29;</p></body></html>".encode())


def test_a_payload_in_utf_16_is_handed_on_as_utf_8():
    payload = (EXAMPLES / "written_questions" / "list.json").read_text(encoding="utf-8")
    assert dropped(payload.encode("utf-16")).records == dropped(payload.encode()).records


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(body):
    read_or_refused(body)


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_document_is_read_or_refused(data):
    body = data.draw(st.sampled_from(SAVED)).read_bytes()
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(body)))
        end = data.draw(st.integers(start, min(len(body), start + 200)))
        inserted = data.draw(
            st.binary(max_size=8)
            | st.sampled_from(
                [b"\n", b"Question\n", b"Asked by:", b"\nAnswered by ", b"said:\n", b" - ", b"null", b"{}"]
            )
        )
        body = body[:start] + inserted + body[end:]
    read_or_refused(body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["value", "results", "items", "questionText", "nameDisplayAs", "partyHistory", "governmentPosts"]
            ),
            inner,
        )
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=200)
@given(JSON)
def test_any_json_is_read_or_refused(payload):
    read_or_refused(json.dumps(payload).encode())


def read_or_refused(body):
    """Parse a document. The only error allowed is a ParseError, and every record must be a slice of the text."""
    try:
        parsed = dropped(body)
    except ParseError:
        return
    for record in parsed.records:
        if getattr(record, "char_start", None) is not None:
            assert record.text == parsed.text[record.char_start : record.char_end]
