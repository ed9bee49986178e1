"""A text that was sent by e-mail is read as the text itself, from a saved message and as a program quotes it."""

import base64
import contextlib
import datetime as dt
import quopri
import random
import time

import pytest
from test_page_breaks import TEXTS, said

from orderpaper.errors import ParseError
from orderpaper.reading.mail import read_message, without_mail
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Document, Parsed
from orderpaper.records.accounting import account
from orderpaper.sources.inbox.parse import parse

SENT = (
    "From: Ann Otter <ann.otter@example.org>\nTo: Bob Sand <bob.sand@example.org>\nSubject: Answers\n"
    "Date: Mon, 4 Nov 2024 09:12:44 +0000\nMIME-Version: 1.0\n"
)
PRINTED = [
    "From: Ann Otter\nSent: 4 November 2024 09:12\nTo: Bob Sand\nSubject: FW: Answers\n\n",
    "---------- Forwarded message ---------\nFrom: Ann Otter <a@example.org>\nDate: Mon, 4 Nov 2024 at 09:12\n"
    "Subject: Answers\nTo: Bob Sand <b@example.org>\n\n\n",
    "Begin forwarded message:\n\nFrom: Ann Otter\nSubject: Answers\nDate: 4 November 2024 at 09:12:44 GMT\nTo: Bob\n\n",
    "-----Original Message-----\n*From:* Ann Otter\n*Sent:* 4 November 2024\n*To:* Bob Sand\n*Subject:* Answers\n\n",
]
WROTE = [
    "On Mon, 4 Nov 2024 at 09:12, Ann Otter <ann.otter@example.org> wrote:\n\n",
    "On Monday, November 4, 2024 at 09:12:13 AM GMT, Ann Otter\n<ann.otter@example.org> wrote:\n",
    "On 04/11/2024 09:12, Ann Otter wrote:\n",
    "Ann Otter wrote:\n",
    "",
]


def dropped(body: bytes) -> Parsed:
    at = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    document = Document(
        document_id="0" * 64, source="inbox", kind="file", url="a", media_type="text/plain", fetched_at=at, body=body
    )
    return account(parse(document))


def read(name: str, text: str) -> Parsed:
    return account(TEXTS[name][0].parse_text(SavedFile(read_message(text.encode())).prose))


def quoted(text: str, mark: str = "> ") -> str:
    return "".join(f"{mark}{line}\n" if line.strip() else f"{mark.strip()}\n" for line in text.strip().split("\n"))


def escaped(text: str) -> str:
    return quopri.encodestring(text.encode()).decode()


def messages(text: str) -> list[str]:
    plain = 'Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: '
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in text.split("\n")) + "</body></html>"
    escaped_page = (
        f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{escaped(page)}"
    )
    return [
        f"{SENT}{plain}8bit\n\n{text}",
        f"{SENT}{plain}quoted-printable\n\n{escaped(text)}",
        f"{SENT}{plain}base64\n\n{base64.encodebytes(text.encode()).decode()}",
        f"From ann@example.org Mon Nov  4 09:12:44 2024\n{SENT}{plain}quoted-printable\n\n{escaped(text)}",
        f"{SENT}Content-Type: multipart/alternative; boundary=b1\n\n--b1\n{plain}quoted-printable\n\n{escaped(text)}\n"
        f"--b1\n{escaped_page}\n--b1--\n",
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_a_saved_message_is_its_text(name):
    text = TEXTS[name][1]
    whole = said(account(TEXTS[name][0].parse_text(SavedFile(text).prose)))
    for message in messages(text):
        assert said(read(name, message)) == whole
    if not text.isascii():
        assert said(read(name, escaped(text))) == whole


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("header", PRINTED)
def test_a_printed_header_is_left_out(name, header):
    text = TEXTS[name][1]
    whole = read(name, text)
    for printed in (header, f"{header}{header}", header.replace("\n", "\r\n")):
        parsed = read(name, printed + text)
        assert (said(parsed), len(parsed.refusals)) == (said(whole), len(whole.refusals))


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("wrote", WROTE)
def test_what_a_message_quotes_is_the_text(name, wrote):
    text = TEXTS[name][1]
    whole = read(name, text)
    for sent in (
        wrote + quoted(text),
        wrote + quoted(text, ">"),
        WROTE[0] + quoted(wrote + quoted(text)),
        PRINTED[0] + wrote + quoted(PRINTED[1] + text),
    ):
        parsed = read(name, sent)
        assert (said(parsed), len(parsed.refusals)) == (said(whole), len(whole.refusals))


def test_a_quotation_within_a_text_keeps_its_marks():
    lines = "The Home Secretary wrote:\n> We mend piers.\n> We mend nets.\nNets are sold at 4 o’clock.".split("\n")
    for place in range(len(lines) + 1):
        for line in ("Papers report on piers.", "", "From: the pier", "Date: Monday"):
            text = "\n".join(["Piers", *lines[:place], line, *lines[place:]])
            assert without_mail(text) == text


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (f"{SENT}Content-Type: text/plain\n\nPiers =E2=80=99 are sold = dear.\n", "encoding of e-mail"),
        ("Piers=E2=80=99 nets, and a = sign\n", "line 1: “=E2=80=99” is a character in the encoding of e-mail"),
        ("Piers’ nets\nPiers=E2=80=99 nets\n", "line 2: “=E2=80=99”"),
        (
            f"{SENT}Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n",
            "no text",
        ),
        (
            f"{SENT}Content-Type: multipart/mixed; boundary=b1\n\n--b1\nContent-Type: text/plain\n\nSee.\n--b1\n"
            "Content-Type: application/pdf\nContent-Disposition: attachment; filename=answers.pdf\n\nx\n--b1--\n",
            "another file in it, “answers.pdf”",
        ),
        (f"{SENT}Content-Type: text/plain; charset=martian\n\nPiers\n", "no|not in martian"),
    ],
)
def test_a_message_that_cannot_be_read_is_refused(body, reason):
    with pytest.raises(ParseError, match=reason):
        dropped(body.encode())


def test_a_text_with_equals_signs_is_no_message():
    for text in ("a = b\nc=d\n", "See https://example.org/?id=12&b=FF for more.\n", "Content-Type: text\nis a label\n"):
        assert read_message(text.encode()) == text


def test_mail_is_read_in_time_that_grows_with_the_text():
    dice = random.Random(4)
    parts = [
        "> ",
        "On ",
        "wrote:\n",
        "\n",
        "From: ",
        "a@b ",
        "=E2=80=99",
        "=\n",
        "09:12 ",
        "-----",
        "Date: x\n",
        "x" * 60,
    ]
    for text in (
        "On a " * 40_000 + "wrote:\n> x",
        "".join(dice.choices(parts, k=30_000)),
        "From: x\n" * 30_000,
        "> " * 100_000,
    ):
        start = time.process_time()
        without_mail(text)
        with contextlib.suppress(ParseError):
            read_message(text.encode())
        assert time.process_time() - start < 2  # seconds; it takes 0.2


@pytest.mark.parametrize("name", [name for name in TEXTS if name.startswith("oral_sitting")])
@pytest.mark.parametrize("note", ["Ann, here is the sitting.", "Hi Ann\n\nSee below - it is a good one.\n\nBo"])
def test_a_note_above_a_quoted_sitting_is_refused_by_itself(name: str, note: str) -> None:
    whole = dropped(TEXTS[name][1].encode())
    parsed = dropped(f"{note}\n\n{WROTE[0]}{quoted(TEXTS[name][1])}".encode())
    assert said(parsed) == said(whole)
    assert [refusal.text for refusal in parsed.refusals] == [*(refusal.text for refusal in whole.refusals), note]
