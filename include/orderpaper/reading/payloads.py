"""Read the JSON of an API strictly."""

import codecs
import html
import json
import re
from collections import Counter
from typing import Annotated, Any, Generic, Literal, TypeVar

import msgspec

from orderpaper.errors import ParseError
from orderpaper.reading.markup import html_to_text
from orderpaper.reading.tidy import tidy

Shape = TypeVar("Shape")

Id = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]
"""An id that Parliament gives. It is at least 1, and a column of the warehouse can hold it."""


House = Literal["Commons", "Lords"]
"""A House, in the words of the APIs."""

_MARKS = (
    (codecs.BOM_UTF8, "UTF-8"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_HALF_PAIR = re.compile(
    rb"\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f][0-9a-f]{2})|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f][0-9a-f]{2}", re.IGNORECASE
)
_MAY_HOLD_CONTROLS = re.compile(rb"\\[bf]|\\u00[01789][0-9a-f]|\x7f|\xc2[\x80-\x9f]", re.IGNORECASE)
_CONTROLS = {
    **dict.fromkeys([*range(0x09), *range(0x0E, 0x20), 0x7F]),
    0x0B: " ",
    0x0C: " ",
    # These are characters of Windows-1252 that were taken for Latin-1, as HTML reads them too.
    **{code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)},
}

_MESSAGE = {"Message", "MessageDetail", "ExceptionMessage", "ExceptionType", "StackTrace"}
"""The fields of an error of ASP.NET. An answer with no other field is an error."""
_FIRST_ERROR = 400
"""The first status of HTTP that says that a request failed."""


class Item(msgspec.Struct, Generic[Shape]):
    """The wrapper in which Parliament's APIs give a value."""

    value: Shape


class Page(msgspec.Struct, rename="camel"):
    """A page of a list. Its rows are not decoded, so they count even if one is not valid."""

    total_results: int
    results: list[msgspec.Raw]


def unwrapped(row: msgspec.Raw) -> msgspec.Raw:
    """Return the value in the wrapper of a row, or the row itself if it is in none."""
    try:
        return msgspec.json.decode(row, type=Item[msgspec.Raw]).value
    except msgspec.ValidationError:
        return row


class Attachment(msgspec.Struct):
    """A file that came with an answer or a statement."""

    title: str
    url: str


def read_json(body: bytes, api: str) -> Any:
    """Return the value that `body` holds, without control characters in its texts.

    An object that gives a field twice is `Twice`, which no shape allows.

    Raises:
        ParseError: it is not JSON, not UTF-8, or nests too deep.
    """
    try:
        # msgspec is the stricter of the two, and the module json shows a field that is given twice.
        msgspec.json.decode(body)
        value = json.loads(body, object_pairs_hook=_object)
        return _without_controls(value) if _MAY_HOLD_CONTROLS.search(body) else value
    except RecursionError as error:
        raise ParseError(f"not a payload of {api}: it nests too deep") from error
    except (msgspec.DecodeError, ValueError) as error:
        raise ParseError(f"not a payload of {api}: {json_fault(body) or error}") from error


class Twice:
    """A JSON object that gives a field twice, so that it is not known what the field is.

    Args:
        pairs: its fields with their values, in order.
    """

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        self._pairs = pairs

    def __str__(self) -> str:
        """Return the object as JSON."""
        return f"{{{', '.join(f'{_json(name)}: {_json(value)}' for name, value in self._pairs)}}}"

    @property
    def names(self) -> list[str]:
        """The fields that are given more than once."""
        counts = Counter(name for name, _ in self._pairs)
        return [name for name, count in counts.items() if count > 1]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _object(pairs: list[tuple[str, Any]]) -> Any:
    found = dict(pairs)
    return found if len(found) == len(pairs) else Twice(pairs)


def json_fault(body: bytes) -> str | None:
    """Return why a body is not JSON, if it is for a reason that the decoder does not name."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return f"it begins with a byte order mark of {name}, which JSON must not have"
    try:
        msgspec.json.decode(body)
    except RecursionError:
        return "it nests too deep"
    except UnicodeDecodeError as error:
        return f"it is not UTF-8 (byte {error.start})"
    except msgspec.DecodeError:
        half = _HALF_PAIR.search(body)
        return f"it holds half of a surrogate pair, {half[0].decode()}, which is no character" if half else None
    return None


def error_in(payload: Any) -> str | None:
    """Return what an answer of an API says went wrong, if it is that of a request that failed.

    The written-questions API reports some failures as HTTP 200 with `{"status": 500, "title": …}`; the oral-questions
    API has `Success` and `StatusCode` in every answer; the Hansard API answers `{"Message": …}`.
    """
    if not isinstance(payload, dict):
        return None
    code = payload.get("status", payload.get("StatusCode"))
    if (isinstance(code, int) and code >= _FIRST_ERROR) or payload.get("Success") is False:
        return f"status {code} inside: {in_short(payload.get('title', payload.get('Errors')))}"
    if payload and payload.keys() <= _MESSAGE:
        return f"a message inside: {in_short(payload.get('Message'))}"
    return None


def in_short(said: object) -> str:
    """Return a text of somebody else as one short line, to be part of a message."""
    return " ".join(str(said).split())[:200]


def _without_controls(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(_CONTROLS)
    if isinstance(value, list):
        return [_without_controls(item) for item in value]
    if isinstance(value, dict):
        return {name: _without_controls(item) for name, item in value.items()}
    return value


def _given_twice(value: Any) -> Twice | None:
    """Return the first object in a value that gives a field twice."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return next(filter(None, map(_given_twice, inner)), None)
    return value if isinstance(value, Twice) else None


def read_shape(value: Any, shape: type[Shape], api: str) -> Shape:
    """Return `value` as an object of the shape that the API declares.

    Raises:
        ParseError: a field is missing or has another type; the message names it.
    """
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        if twice := _given_twice(value):
            names = ", ".join(twice.names)
            raise ParseError(f"not a payload of {api}: an object gives {names} more than once") from error
        raise ParseError(f"not a payload of {api}: {error}") from error


def check_identity(url: str, given: int, what: str) -> None:
    """Check that a payload is what was asked for: the last number in its address is its id.

    Raises:
        ParseError: it is not; the message names both ids.
    """
    asked = re.findall(r"/(\d+)(?=[/?]|$)", url)[-1:]
    if asked != [str(given)]:
        raise ParseError(f"{what} {', '.join(asked) or 'without an id'} was asked for, and the API gave {what} {given}")


def text_of(text: str, *, is_list: bool) -> str:
    """Return a text of a list, which has entities but no tags, or of a detail, which is HTML."""
    return tidy(html.unescape(text)).strip() if is_list else html_to_text(text)


def value_fields(payload: Any) -> set[str]:
    """Return the names of all fields that the `value` of a payload has, or those of the items of its list.

    A value may stand without its wrapper. What is no object has none.
    """
    if isinstance(payload, dict):
        payload = payload.get("results") or payload.get("items") or payload
    items = payload if isinstance(payload, list) else [payload]
    values = (item.get("value", item) for item in items if isinstance(item, dict))
    return {name for value in values if isinstance(value, dict) for name in value}
