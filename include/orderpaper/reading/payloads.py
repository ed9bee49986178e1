"""Read the JSON of an API strictly."""

from typing import Annotated, Any, TypeVar

import msgspec

from orderpaper.errors import ParseError

Shape = TypeVar("Shape")

Id = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]
"""An id that Parliament gives. It is at least 1, and a column of the warehouse can hold it."""


def read_json(body: bytes, api: str) -> Any:
    """Return the value that `body` holds.

    Raises:
        ParseError: it is not JSON, not UTF-8, or nests too deep.
    """
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ParseError(f"not a payload of {api}: {error}") from error


def read_shape(value: Any, shape: type[Shape], api: str) -> Shape:
    """Return `value` as an object of the shape that the API declares.

    Raises:
        ParseError: a field is missing or has another type; the message names it.
    """
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise ParseError(f"not a payload of {api}: {error}") from error


def first_value(payload: Any) -> dict[str, Any]:
    """Return the `value` of a payload, or of the first item of its list; an empty dict if there is none."""
    if isinstance(payload, dict):
        payload = payload.get("results") or payload.get("items") or payload
    if isinstance(payload, list):
        payload = payload[0] if payload else {}
    value = payload.get("value") if isinstance(payload, dict) else None
    return value if isinstance(value, dict) else {}
