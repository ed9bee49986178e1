"""Decode the bytes of a file or page to text."""

import codecs
import re

from orderpaper.errors import ParseError

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
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_MAC_APOSTROPHE = re.compile(rb"[A-Za-z\x80-\x9f]\xd5[a-z]")
_MAC_QUOTATION = re.compile(rb"(?:^|[\s(])\xd2[\w\xa3][^\xd2\xd3]*[\w.,!?%]\xd3(?:[\s.,;:)]|$)")
"""Matches what Mac OS Roman prints as an apostrophe within a word, or as words in quotation marks. In Windows-1252 it
would be a capital letter with an accent in the middle or at the end of a word in small letters."""
_HIGH_BYTES = bytes(range(0x80, 0x100))


def decode(body: bytes) -> str:
    r"""Return the text of a file, with "\n" for each line end (CRLF, CR). Spans of records count in this text.

    It reads UTF-8; UTF-16 and UTF-32 with a byte order mark; UTF-16 without one if every other byte is zero; and, if
    the bytes are not UTF-8 and read as Western text, Mac OS Roman where its quotation marks show it, otherwise
    Windows-1252, which includes Latin-1.

    Raises:
        ParseError: the file is empty, not text, or in an encoding that was damaged.
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
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if body.startswith(mark)), None) or _utf16(body)
    try:
        return body.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding:
            raise ParseError(f"the file is not text: its bytes are not the {encoding} they begin as") from error
        return _decode_windows(body, error)


def _utf16(body: bytes) -> str | None:
    """Return the byte order of UTF-16 text without a mark. Western text has a zero in every other byte."""
    sample = body[:4096]
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if half and odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if half and even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _decode_windows(body: bytes, error: UnicodeDecodeError) -> str:
    """Decode Windows-1252, unless the bytes are damaged UTF-8 or not Western text.

    Raises:
        ParseError: it is one of these, or it is binary.
    """
    if b"\0" in body:
        raise ParseError("the file is not text: it holds NUL bytes") from error
    is_cut = error.reason == "unexpected end of data"
    if len(_UTF8_SEQUENCE.findall(body)) > (0 if is_cut else 1):
        raise ParseError(f"the file is UTF-8 that is damaged or cut at byte {error.start}") from error
    high = len(body) - len(body.translate(None, _HIGH_BYTES))
    if high > 0.2 * len(body):
        raise ParseError("the file is not text: its bytes are neither UTF-8 nor Western text") from error
    if _MAC_APOSTROPHE.search(body) or _MAC_QUOTATION.search(body):
        return body.decode("mac_roman")
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError as undefined:
        raise ParseError(
            f"the file is not text: no Western encoding has byte {body[undefined.start]:#x}"
        ) from undefined
