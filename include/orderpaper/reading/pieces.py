"""Split a document into its pieces of text, each with its address, so that every piece can be accounted for.

A source names, with a reason, each piece that its parser leaves out. `orderpaper.records.accounting` looks for all
others in the records.
"""

import re
import types
import typing
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import msgspec
from lxml import etree

from orderpaper.reading.lines import Line

LeftOut = Mapping[str, str]
"""The pieces that are left out, each with the reason. The key is the path of a field below the row, an
element's name, or a pattern of words."""

_TEXT = re.compile(r"\w")
FEW_WORDS = 4
"""Texts with more words than these are prose. An unknown field that has prose is not only reported."""
_WORD = re.compile(r"[^\W\d_]{2}")
_IMAGE = re.compile(r"<img\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)


class Piece(NamedTuple):
    """A text of a document that stands on its own: a value of a payload, a text node of markup, a line."""

    address: str
    """Its JSON path, XPath or line number."""
    text: str
    start: int | None = None
    """The span of a line in the document's text."""
    end: int | None = None
    field: str | None = None
    """The unknown field whose words it is, one text a line."""
    is_apart: bool = False
    """Whether it stands beside the text, so that only the same line or value in a record has its words."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The pieces of a JSON value, and the fields that its declared shape does not have, each with its value.

    An unknown field that has words is a piece too.
    """

    pieces: list[Piece]
    unknown: dict[str, Any]


def fields_of(value: Any, shape: Any, left_out: LeftOut, address: str = "$", prefix: str = "") -> Fields:
    """Return the texts and numbers in a JSON value that its parser has to keep.

    Args:
        value: the value, as it is in the payload.
        shape: the type as which the parser reads it.
        left_out: the fields that are not kept, by their path in the value: "attachments.fileType".
        address: the JSON path of the value.
        prefix: what the paths of unknown fields begin with.
    """
    pieces: list[Piece] = []
    unknown: dict[str, Any] = {}

    def walk(value: Any, shape: Any, address: str, path: str) -> None:
        if isinstance(value, dict):
            known = _known(shape)
            for name, inner in value.items():
                below = f"{path}.{name}" if path else name
                if below in left_out:
                    continue
                if known is None or name in known:
                    walk(inner, known[name] if known else Any, f"{address}.{name}", below)
                else:
                    field = f"{prefix}.{below}" if prefix else below
                    unknown.setdefault(field, inner)
                    pieces.extend(_words_of(inner, f"{address}.{name}", field))
        elif isinstance(value, list):
            item = next(iter(typing.get_args(_some(shape))), Any)
            for number, inner in enumerate(value):
                walk(inner, item, f"{address}[{number}]", path)
        elif isinstance(value, str):
            if _TEXT.search(value):
                pieces.append(Piece(address, value))
                pieces.extend(pictures_of(value, address))
        elif value and not isinstance(value, bool):
            pieces.append(Piece(address, str(value)))

    walk(value, shape, address, "")
    return Fields(pieces, unknown)


def pictures_of(markup: str, address: str) -> Iterator[Piece]:
    """Yield the alternative text of each picture in markup that says more than a label. It is no part of a text."""
    for image in _IMAGE.findall(markup):
        alternative = etree.HTML(image).find(".//img").get("alt", "")
        if is_telling(alternative):
            yield Piece(f"{address}//img/@alt", " ".join(alternative.split()))


def _words_of(value: Any, address: str, field: str) -> Iterator[Piece]:
    """Yield the words of an unknown field as one piece, if it has more than a few."""
    texts = [text for text in _texts(value) if _TEXT.search(text)]
    if has_words(texts):
        yield Piece(address, "\n".join(texts), field=field)


def has_words(texts: Iterable[str]) -> bool:
    """Return whether texts have more than a few words, and so are more than numbers, codes, addresses and labels."""
    return sum(_WORD.search(word) is not None for text in texts for word in text.split()) > FEW_WORDS


def is_telling(text: str) -> bool:
    """Return whether a text says more than a label does: it has more than a few words, or a number."""
    return has_words([text]) or any(map(str.isdigit, text))


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


@cache
def _known(shape: Any) -> dict[str, Any] | None:
    """Return the fields of a declared shape by the names that they have in JSON; None for anything else."""
    shape = _some(shape)
    struct = typing.get_origin(shape) or shape
    return _struct_fields(shape) if isinstance(struct, type) and issubclass(struct, msgspec.Struct) else None


@cache
def _struct_fields(shape: Any) -> dict[str, Any]:
    return {field.encode_name: field.type for field in msgspec.structs.fields(shape)}


@cache
def _some(shape: Any) -> Any:
    """Return a type without None and without its rules."""
    while typing.get_origin(shape) is typing.Annotated:
        shape = typing.get_args(shape)[0]
    if typing.get_origin(shape) in (typing.Union, types.UnionType):
        others = [option for option in typing.get_args(shape) if option is not type(None)]
        return _some(others[0]) if len(others) == 1 else Any
    return shape


def nodes_of(root: etree._Element, left_out: LeftOut) -> Iterator[Piece]:
    """Yield the text nodes of markup and the alternative texts of pictures that say more than a label, in order.

    Args:
        root: the element whose text nodes are wanted.
        left_out: the elements that are not kept with all that is in them, by their name.
    """
    hidden: etree._Element | None = None
    path: list[str] = []
    counts: list[Counter[str]] = [Counter()]
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if hidden is not None and node is not hidden:
            continue
        if event == "start":
            counts[-1][node.tag] += 1
            path.append(f"{node.tag}[{counts[-1][node.tag]}]")
            counts.append(Counter())
            if node.tag in left_out:
                hidden = node
            elif node.text and _TEXT.search(node.text):
                yield Piece("/" + "/".join(path), node.text)
            elif node.tag == "img" and is_telling(node.get("alt", "")):
                yield Piece(f"/{'/'.join(path)}/@alt", node.get("alt"))
            continue
        if event == "end":
            hidden = None
            path.pop()
            counts.pop()
        if node is not root and node.tail and _TEXT.search(node.tail):
            yield Piece("/" + "/".join(path), node.tail)


def lines_of(lines: Iterable[Line], left_out: LeftOut) -> list[Piece]:
    """Return the lines of a text, without the words that match a pattern of what is left out.

    A line inside a record's span is taken whole, whatever its words.
    """
    patterns = [re.compile(pattern) for pattern in left_out]
    any_of_them = re.compile("|".join(f"(?:{pattern})" for pattern in left_out) or r"(?!)")
    pieces = []
    for line in lines:
        rest = line.text
        for pattern in patterns if any_of_them.search(rest) else ():
            rest = pattern.sub(" ", rest)
        if _TEXT.search(rest):
            pieces.append(Piece(f"line {line.number}", rest.strip(" :"), line.start, line.end))
    return pieces
