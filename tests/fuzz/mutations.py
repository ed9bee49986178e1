"""Documents damaged on purpose: what a parser may meet when a file is cut, spliced, swollen or forged."""

import copy
import json
import random
import re
from collections.abc import Callable, Sequence
from typing import Any

LARGEST = 1_000_000
"""Bytes. Mutations may swell a document to this; what is larger is cut."""

_TOKENS = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\\ud800",
    b"\x0b\x1f",
    b"&#0;&#x110000;&nbsp;&lol;",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"<?xml version='1.0' encoding='utf-16'?>",
    b"9" * 5_000,
    b"-1e400",
    b"NaN",
    b"null",
    b"[" * 20_000,
    b'{"a":' * 20_000,
    b"<b>" * 20_000,
    b"<table><tr><td>" * 2_000,
    b"(" * 3_000,
    b"31st February 0000",
    b"99999-99-99T99:99:99",
    "\u202e\u0130ﬁ\u00a0£½".encode(),
    b"\xa3",
    b"\r",
    b"\n" * 5_000,
    b" " * 20_000,
)
_BOMB = (
    '<!DOCTYPE a [<!ENTITY b0 "lollollol">'
    + "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 10))
    + '<!ENTITY x SYSTEM "file:///etc/hostname">]>'
).encode()
_VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    10**400,
    2**63,
    1e308,
    "",
    " ",
    "\x00",
    "\ud800",
    "9999-12-31T23:59:59",
    "0001-01-01T00:00:00+14:00",
    "2025-02-30T00:00:00",
    "2025-03-10",
    "<p>" * 3_000,
    "<b>" * 200 + "deep",
    "&lt;" * 1_000,
    "Name (" * 500,
    "£9,999,999,999,999,999,999,999,999 billion",
    [],
    {},
    [[]] * 50,
    {"value": None},
)


def mutate(rng: random.Random, examples: Sequence[bytes]) -> bytes:
    """One example with one to three things done to it."""
    body = rng.choice(examples)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        body = rng.choice(_MUTATIONS)(rng, body, examples)[:LARGEST]
    return body


def _flip(rng: random.Random, body: bytes, _: Sequence[bytes]) -> bytes:
    changed = bytearray(body)
    for _number in range(rng.choice((1, 2, 8, 64))):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _cut(rng: random.Random, body: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _slice(rng, body)
    return rng.choice((body[:start], body[end:], body[:start] + body[end:]))


def _repeat(rng: random.Random, body: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _slice(rng, body)
    return body[:start] + body[start:end] * rng.choice((2, 3, 20, 300)) + body[end:]


def _splice(rng: random.Random, body: bytes, examples: Sequence[bytes]) -> bytes:
    other = rng.choice(examples)
    start, end = _slice(rng, other)
    place = rng.randint(0, len(body))
    return body[:place] + other[start:end] + body[rng.choice((place, len(body))) :]


def _insert(rng: random.Random, body: bytes, _: Sequence[bytes]) -> bytes:
    place = rng.randint(0, len(body))
    return body[:place] + rng.choice(_TOKENS) + body[place:]


def _lines(rng: random.Random, body: bytes, examples: Sequence[bytes]) -> bytes:
    """Lines in another order, left out, twice, joined, or from another document."""
    lines = body.splitlines(keepends=True)
    if not lines:
        return body
    here, there = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(5):
        case 0:
            lines[here], lines[there] = lines[there], lines[here]
        case 1:
            del lines[min(here, there) : max(here, there)]
        case 2:
            lines.insert(there, lines[here])
        case 3:
            lines[here] = lines[here].rstrip()
        case _:
            lines.insert(there, rng.choice(rng.choice(examples).splitlines(keepends=True) or [b""]))
    return b"".join(lines)


def _tags(rng: random.Random, body: bytes, _: Sequence[bytes]) -> bytes:
    """A tag left out, repeated, nested deep, or before it a document type with entities that swell."""
    tags = list(re.finditer(rb"<[^<>]*>", body))
    if not tags:
        return body
    tag = rng.choice(tags)
    choices = (
        b"",
        tag[0] * 2,
        tag[0][:200] * 5_000,
        re.sub(rb"\s[^<>]*", b"", tag[0]),
        b"<!-- " + tag[0] + b" -->&b9;&x;",
    )
    if rng.randrange(4) == 0:
        head = re.match(rb"\s*<\?xml.*?\?>", body, re.DOTALL)
        start = head.end() if head else 0
        return body[:start] + _BOMB + body[start : tag.end()] + b"&b9;&x;" + body[tag.end() :]
    return body[: tag.start()] + rng.choice(choices) + body[tag.end() :]


def _json(rng: random.Random, body: bytes, _: Sequence[bytes]) -> bytes:
    """A value of a JSON document made another: of another type or size, missing, twice, or that of another field."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return body
    places = list(_places(value))
    if not places:
        return body
    holder, key = rng.choice(places)
    other, other_key = rng.choice(places)
    match rng.randrange(5):
        case 0 | 1:
            holder[key] = copy.deepcopy(rng.choice(_VALUES))
        case 2:
            del holder[key]
        case 3:
            holder[key] = copy.deepcopy(other[other_key])
        case _:
            holder[key] = [copy.deepcopy(holder[key]) for _ in range(rng.choice((2, 40)))]
    return json.dumps(value).encode()


def _places(value: Any) -> Any:
    """(container, key) of every value within a JSON value."""
    keys: Any = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


def _slice(rng: random.Random, body: bytes) -> tuple[int, int]:
    start = rng.randint(0, len(body))
    return start, min(len(body), start + rng.choice((1, 10, 100, 1_000, 10_000)))


_MUTATIONS: tuple[Callable[[random.Random, bytes, Sequence[bytes]], bytes], ...] = (
    _flip,
    _cut,
    _repeat,
    _splice,
    _insert,
    _lines,
    _tags,
    _json,
    _json,
)
