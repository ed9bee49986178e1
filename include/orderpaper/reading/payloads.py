"""Reading the JSON of an API strictly, whatever its bytes are."""

from typing import Annotated, Any, TypeVar

import msgspec

from orderpaper.errors import ParseError

Shape = TypeVar("Shape")

Id = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]
"""Parliament's id of anything: what is smaller is no id, and what is larger no column can hold."""


def read_json(body: bytes, api: str) -> Any:
    """The value that `body` holds.

    Raises:
        ParseError: it is no JSON, no UTF-8, or nests too deep.
    """
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ParseError(f"not a payload of {api}: {error}") from error


def read_shape(value: Any, shape: type[Shape], api: str) -> Shape:
    """`value` in the shape that the API gives it.

    Raises:
        ParseError: a field is missing or of another type; the message names it.
    """
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise ParseError(f"not a payload of {api}: {error}") from error
