"""Decode the bytes of a file or page to text."""

import codecs
import re

from orderpaper.errors import ParseError
from orderpaper.reading.western import decode_western, line_at

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_UTF8_CHARACTER = re.compile(rb"[\xc2-\xc5][\x80-\xbf]|\xe2[\x80-\x88][\x80-\xbf]|\xef\xbb\xbf|\xf0\x9f[\x80-\xbf]{2}")
"""Matches the letters, punctuation and signs of Western text in UTF-8. In Windows-1252 they are "Ã©" or "â€™", which no
text has."""
_HALF_PAIR = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
"""Matches half of a surrogate pair as if it were a character of UTF-8. In Windows-1252 it is "í" and two signs."""
_DECLARED = re.compile(
    rb"<\?xml\s[^>]{0,80}encoding=[\"']([\w-]{1,40})[\"']|<meta\s[^>]{0,120}charset\s*=\s*[\"']?([\w-]{1,40})",
    re.IGNORECASE,
)
"""Matches the encoding that a document of XML or HTML says it is in."""
_HEAD_BYTES = 2_000
"""A declaration stands in the first bytes of a document."""
_LATIN = frozenset({"iso-8859-1", "latin1", "windows-1252", "cp1252"})
"""Names of Latin-1, which the HTML standard reads as Windows-1252 (https://encoding.spec.whatwg.org/#names-and-labels)."""
_HIGH_BYTES = bytes(range(0x80, 0x100))


def decode(body: bytes) -> str:
    r"""Return the text of a file, with "\n" for each line end (CRLF, CR). Spans of records count in this text.

    It reads UTF-8; UTF-16 and UTF-32 with a byte order mark, or without one if their zeros show them; and, if the bytes
    have nothing of UTF-8, Windows-1252 or Mac OS Roman, if it says or can be decided which of them it is.

    Raises:
        ParseError: the file is empty, not text, in an encoding that was damaged, or in one of two.
    """
    if not body.strip():
        raise ParseError("the file is empty")
    for signature, meaning in _SIGNATURES:
        if body.startswith(signature):
            raise ParseError(f"the file is not text: it is {meaning}; save it as text or HTML")
    text = _decode(body)
    if control := _CONTROLS.search(text):
        raise ParseError(f"the file is not text: it holds the control character U+{ord(control[0]):04X}")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ParseError("the file is empty: it holds nothing but white space")
    return text


def _decode(body: bytes) -> str:
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if body.startswith(mark)), None) or _wide(body) or "utf-8"
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-8") and not _is_of_utf8(body, error):
            return _decode_western(body, error)
        half = _HALF_PAIR.match(body, error.start) if encoding.startswith("utf-8") else None
        what = "that holds half of a surrogate pair, which is no character," if half else "that is damaged or cut"
        line = line_at(text := body[: error.start].decode(encoding, "ignore"), len(text))
        name = encoding.removesuffix("-sig").upper()
        raise ParseError(f"the file is not text: it is {name} {what} at byte {error.start:,}, line {line}") from error


def _wide(body: bytes) -> str | None:
    """Return the encoding of UTF-16 or UTF-32 without a mark, by the places of the zeros, if it is one."""
    sample = body[:4096]
    quarter = len(sample) // 4
    if not quarter:
        return None
    zeros = [sample[place::4].count(0) / quarter for place in range(4)]
    places = "".join("0" if share > 0.6 else "x" if share < 0.05 else "?" for share in zeros)
    return {"x0x0": "utf-16-le", "0x0x": "utf-16-be", "x000": "utf-32-le", "000x": "utf-32-be"}.get(places)


def _is_of_utf8(body: bytes, error: UnicodeDecodeError) -> bool:
    """Return whether bytes were UTF-8 once: a character of several bytes is whole, or cut at the end."""
    is_cut = error.reason == "unexpected end of data" and error.start < len(body) - 1
    return is_cut or any(pattern.search(body) for pattern in (_UTF8_CHARACTER, _HALF_PAIR))


def _decode_western(body: bytes, error: UnicodeDecodeError) -> str:
    """Decode Windows-1252 or Mac OS Roman: the one that the document declares, or else the one that fits its words.

    Raises:
        ParseError: it is neither, or cannot be decided.
    """
    if b"\0" in body:
        raise ParseError("the file is not text: it holds NUL bytes") from error
    high = len(body) - len(body.translate(None, _HIGH_BYTES))
    if high > 0.2 * len(body):
        raise ParseError("the file is not text: its bytes are neither UTF-8 nor Western text") from error
    declared = _DECLARED.search(body[:_HEAD_BYTES])
    name = (declared[1] or declared[2]).decode().lower() if declared else ""
    try:
        return body.decode("cp1252") if name in _LATIN else decode_western(body)
    except UnicodeDecodeError as undefined:
        raise ParseError(
            f"the file is not text: it says that it is {name}, which has no byte {body[undefined.start]:#x}"
            f" (byte {undefined.start:,})"
        ) from undefined
