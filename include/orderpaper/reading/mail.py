"""Read a text that was sent by e-mail, without what mail programs add to it: headers, encodings, marks of quotation.

A header, or a line such as "On 4 November 2024, NAME <ADDRESS> wrote:", is blank in the text, so that each line keeps
its number.
"""

import binascii
import email
import email.policy
import quopri
import re
from collections.abc import Iterator
from email.message import EmailMessage
from itertools import takewhile

from orderpaper.errors import ParseError
from orderpaper.reading.decode import decode

_OF_MESSAGE = re.compile(r"(?im:^(?:MIME-Version|Content-Type|Content-Transfer-Encoding):)")
_FIELD = re.compile(r"[A-Za-z][A-Za-z-]{1,40}:(?: |\t|$)|[ \t]+\S")
"""Matches a line of the header of a message, or one in which a field goes on."""
_MBOX = re.compile(r"From \S{1,200} .{1,60}\n")
_ESCAPED = re.compile(r"=(?:[0-9A-F]{2}|\n)")
_OF_UTF8 = re.compile(r"=(?:C[2-9A-F]|D[0-9A-F]|E[0-9A-F]=[89AB][0-9A-F])=[89AB][0-9A-F]")
"""Matches a letter or sign of UTF-8 as mail programs encode it. Nothing else looks like one."""
_PRINTED_FIELD = re.compile(
    r"[>\s]*\*?(From|Sent|Date|To|Cc|Bcc|Subject|Reply-To|Importance|Attachments?)\*?:\*?(?:\s.*)?"
)
_FORWARDED = re.compile(
    r"[>\s]*(?i:-{2,12} ?(?:Forwarded|Original) message ?-{2,12}|Begin forwarded message:|-{8,}|_{8,})\s*"
)
_FEWEST_FIELDS = 3
_WROTE = re.compile(r"\s*[^\s>][^\n]{1,200}\b(?:wrote|writes):\s*")
"""Matches the line, or the end of it, with which a program says who wrote what it quotes."""
_BEGINS_WROTE = re.compile(r"\s*On \S.*")
_WRITTEN_BY = re.compile(r"<?[\w.+-]{1,64}@[\w.-]{1,100}|\b[0-9]{1,2}:[0-9]{2}\b")
"""Matches what such a line has, and no line that introduces what a minister wrote: an address, or a time."""
_QUOTED = re.compile(r"^[^\S\n]*>[^\S\n]?", re.MULTILINE)
_MOST_QUOTED = 10
"""An e-mail that was answered so many times is quoted no deeper."""


def read_message(body: bytes) -> str:
    """Return the text of a file: of a saved e-mail its own text, which may be encoded, and otherwise all of it.

    Raises:
        ParseError: the file is not text, or the e-mail has no text, another file in it, or an encoding that is damaged.
    """
    text = decode(body)
    start = _MBOX.match(text)
    header = [*takewhile(str.strip, text[start.end() if start else 0 :].split("\n", 200))]
    if _OF_MESSAGE.search("\n".join(header)) and all(map(_FIELD.match, header)):
        return _body(email.message_from_bytes(body, policy=email.policy.default))
    return _unescaped(text)


def _body(message: EmailMessage) -> str:
    """Return the text of an e-mail."""
    names = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    if names := [name for name in names if not name.endswith(("png", "gif", "jpg", "jpeg"))]:
        raise ParseError(f"the e-mail has another file in it, “{names[0][:80]}”; save that by itself")
    part = message.get_body(preferencelist=("plain", "html"))
    content = part.get_payload(decode=True) if part else None
    if part is None or not isinstance(content, bytes) or part.defects:
        raise ParseError("the e-mail has no text that can be read; save its text in a file")
    charset = part.get_content_charset("utf-8")
    try:
        return _unescaped(decode(content.decode(charset).encode()))
    except (UnicodeDecodeError, LookupError) as error:
        raise ParseError(f"the text of the e-mail is not in {charset}, as it says") from error


def _unescaped(text: str) -> str:
    """Return a text without the encoding of e-mail (quoted-printable), if all of it is encoded so.

    Raises:
        ParseError: only a part of it is.
    """
    found = _OF_UTF8.search(text)
    if not found:
        return text
    if text.count("=") != len(_ESCAPED.findall(text)) or not text.isascii():
        line = text.count("\n", 0, found.start()) + 1
        raise ParseError(
            f"line {line}: “{found[0]}” is a character in the encoding of e-mail; save the text without it"
        )
    try:
        return decode(quopri.decodestring(text.encode()))
    except binascii.Error as error:
        raise ParseError("the file has the encoding of e-mail, and is damaged") from error


def without_mail(text: str) -> str:
    """Return a text without the headers and the marks of quotation of e-mails, where nothing else looks like them."""
    lines = text.split("\n")
    for first, end in [*_headers(lines)]:
        lines[first:end] = [""] * (end - first)
    for _ in range(_MOST_QUOTED):
        quoted = _quoted(lines)
        if quoted is None:
            break
        above, first, end = quoted
        lines[above:first] = [""] * (first - above)
        lines[first:end] = [_QUOTED.sub("", line) for line in lines[first:end]]
    return "\n".join(lines)


def note_above(text: str) -> tuple[str, str] | None:
    """Return what somebody wrote above a text that is quoted to the end, and the text with these lines blank."""
    lines = text.split("\n")
    quoted = _quoted(lines)
    if quoted is None:
        return None
    above, _, end = quoted
    note = "\n".join(lines[:above]).strip()
    is_rest = not any(line.strip() for line in lines[end:])
    return (note, "\n".join(["" for _ in lines[:above]] + lines[above:])) if note and is_rest else None


def _headers(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the first line and the end of each header that a program prints: it names who sent what to whom or when."""
    number = 0
    while number < len(lines):
        names: list[str] = []
        end = number
        while end < len(lines) and (field := _PRINTED_FIELD.fullmatch(lines[end])):
            names.append(field[1])
            end += 1
        is_header = len({*names}) >= _FEWEST_FIELDS and "From" in names and {"Subject", "To"} & {*names}
        if is_header and {"Sent", "Date", "To"} & {*names}:
            above = next((n for n in range(number - 1, max(number - 3, -1), -1) if lines[n].strip()), None)
            has_mark = above is not None and _FORWARDED.fullmatch(lines[above])
            yield (above if has_mark and above is not None else number), end
        number = max(end, number + 1)


def _quoted(lines: list[str]) -> tuple[int, int, int] | None:
    """Return where a line that says who wrote begins, and where what it quotes begins and ends.

    A text that is quoted whole needs no such line. Elsewhere, a quotation may be one of the text.
    """
    shown = [number for number, line in enumerate(lines) if line.strip()]
    marked = [_QUOTED.match(lines[number]) is not None for number in shown]
    if shown and all(marked):
        return 0, 0, len(lines)
    for place in range(1, len(shown)):
        number = shown[place - 1]
        if not marked[place] or not _WROTE.fullmatch(lines[number]):
            continue
        is_wrapped = place > 1 and shown[place - 2] == number - 1 and _BEGINS_WROTE.fullmatch(lines[number - 1])
        above = number - bool(is_wrapped)
        is_whole = above == shown[0] and all(marked[place:])
        if is_whole or _WRITTEN_BY.search(" ".join(lines[above : number + 1])):
            end = next((shown[n] for n in range(place, len(shown)) if not marked[n]), len(lines))
            return above, shown[place], end
    return None
