"""Words put anywhere into a payload are in a record, refused with their address, or left out by a rule with a name."""

import copy
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from orderpaper.errors import ParseError
from orderpaper.records import Document, Parsed
from orderpaper.records.accounting import account
from orderpaper.sources.hansard import accounted
from orderpaper.sources.members import payload as members
from orderpaper.sources.oral_questions import payload as oral_questions
from orderpaper.sources.theyworkforyou.attributes import CODES, REPEATED
from orderpaper.sources.written_questions import payload as written_questions
from orderpaper.sources.written_statements import payload as written_statements

EXAMPLES = Path(__file__).parent / "examples"
WORDS = "Zebras quibble over jonquils nightly"
DAY, NUMBER = "2003-04-05", 70707
_LINKS = {"links": ""}


def _within(path: str, left_out: Mapping[str, str]) -> set[str]:
    return {f"{path}.{name}" for name in left_out}


LEFT_OUT = {
    "written_questions": _within("value", written_questions.LEFT_OUT) | {*_LINKS},
    "written_statements": _within("value", written_statements.LEFT_OUT) | {*_LINKS},
    "oral_questions": {*oral_questions.LEFT_OUT, *oral_questions.PAGE_LEFT_OUT} - {"Response"},
    "members": {
        *members.LEFT_OUT_OF_A_MEMBER,
        *members.LEFT_OUT_OF_A_HISTORY,
        *members.LEFT_OUT_OF_A_LISTED_POST,
        *_within("value.governmentPosts", members.LEFT_OUT_OF_A_POST),
        *members.LEFT_OUT_OF_A_BIOGRAPHY,
        *members.LEFT_OUT_OF_A_SEARCH,
    }
    - {"items", "value.governmentPosts"},
    "hansard": {
        "Navigator",
        "Overview.ExtId",
        *_within("Overview", accounted.LEFT_OUT_OF_AN_OVERVIEW),
        *_within("Items", accounted.LEFT_OUT_OF_FURNITURE),
    }
    - {"Items.Value"},
}
"""The fields that each parser leaves out, by their paths without the numbers of rows."""
_ROWS = re.compile(r"^(?:results|items|Response|ChildDebates)\.")
JSON = [
    pytest.param(path, id=f"{path.parent.name}-{path.stem}")
    for source in LEFT_OUT
    for path in sorted((EXAMPLES / source).glob("*.json"))
    if ".expected" not in path.name and "section" not in path.name
]
XML = sorted((EXAMPLES / "theyworkforyou").glob("*.xml"))


def read(source: str, body: bytes) -> Parsed:
    document = Document(
        document_id="0", source=source, kind="file", url="answers", media_type="", fetched_at=None, body=body
    )
    return account(import_module(f"orderpaper.sources.{source}.parse").parse(document))


def has(parsed: Parsed, words: str) -> bool:
    """Return whether words are in a record, its drift, a refusal or a fact of the document."""
    given: list[object] = [parsed.title, parsed.published_on, parsed.announced_count]
    for record in parsed.records:
        for field in fields(record):
            value = getattr(record, field.name)
            given += value if isinstance(value, list) else [value]
    given += [refusal.text for refusal in parsed.refusals]
    return "".join(words.split()) in "".join("".join(map(str, given)).split())


def is_lost(source: str, body: bytes, words: str) -> bool:
    try:
        return not has(read(source, body), words)
    except ParseError:
        return False


def values(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield each value in a JSON value with its path."""
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield from values(each, (*path, name))


def marked(value: Any) -> Iterator[tuple[Any, str]]:
    """Yield what may stand in the place of a value, with the words in it that must not be lost."""
    if isinstance(value, dict):
        yield {**value, "newField": WORDS}, WORDS
    elif isinstance(value, list):
        yield [*value, WORDS], WORDS
    elif isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value):
        yield f"{DAY}T00:00:00", DAY
    elif isinstance(value, str):
        yield f"{value} {WORDS}", WORDS
    elif isinstance(value, int) and not isinstance(value, bool):
        yield NUMBER, str(NUMBER)
    else:
        yield WORDS, WORDS
        yield f"{DAY}T00:00:00", DAY


@pytest.mark.parametrize("path", JSON)
def test_what_is_put_anywhere_into_json_is_accounted_for(path: Path):
    source, payload = path.parent.name, json.loads(path.read_text())
    seen: set[str] = set()
    lost: list[str] = []
    for place, value in values(payload):
        name = _ROWS.sub("", ".".join(step for step in place if isinstance(step, str)))
        kind = f"{name} {type(value).__name__}"
        if not place or kind in seen or any(f"{name}.".startswith(f"{rule}.") for rule in LEFT_OUT[source]):
            continue
        seen.add(kind)
        for other, words in marked(value):
            changed = copy.deepcopy(payload)
            holder = changed
            for step in place[:-1]:
                holder = holder[step]
            holder[place[-1]] = other
            if is_lost(source, json.dumps(changed).encode(), words):
                lost.append(f"{name}: {words}")
    assert seen
    assert lost == []


def _text(element: Any) -> None:
    element.text = f"{element.text or ''} {WORDS}"


def _tail(element: Any) -> None:
    element.tail = f"{WORDS} {element.tail or ''}"


def _child(element: Any) -> None:
    etree.SubElement(element, "p").text = WORDS


def _unknown_attribute(element: Any) -> None:
    element.set("note", WORDS)


def _renamed(element: Any) -> None:
    _text(element)
    element.tag = element.tag.upper()


def _copied(element: Any) -> None:
    again = copy.deepcopy(element)
    _text(again)
    element.addnext(again)


def _copied_with_an_id(element: Any) -> None:
    if "id" in element.attrib:
        _copied(element)
        again = element.getnext()
        again.set("id", re.sub(r"\d$", "77", element.get("id")))


CHANGES = (_text, _tail, _child, _unknown_attribute, _renamed, _copied, _copied_with_an_id)


def _of_attribute(name: str) -> Callable[[Any], None]:
    return lambda element: element.set(name, f"{element.get(name)} {WORDS}")


def is_left_out(tag: str, attribute: str) -> bool:
    return attribute in REPEATED or f"{tag}.{attribute}" in REPEATED


@pytest.mark.parametrize("path", XML, ids=lambda path: path.stem)
def test_what_is_put_anywhere_into_a_file_of_theyworkforyou_is_accounted_for(path: Path):
    root = etree.fromstring(path.read_bytes(), etree.XMLParser(remove_comments=True, remove_pis=True))
    tree, seen, lost = root.getroottree(), set(), []
    for element in root.iterdescendants("*"):
        where = re.sub(r"\[\d+\]", "", tree.getpath(element))
        changes = [(change.__name__, change) for change in CHANGES]
        changes += [(f"@{name}", _of_attribute(name)) for name in element.attrib if not is_left_out(element.tag, name)]
        for name, change in changes:
            if (where, name) in seen:
                continue
            seen.add((where, name))
            changed = copy.deepcopy(root)
            (place,) = changed.xpath(tree.getpath(element))
            change(place)
            body = etree.tostring(changed, encoding="utf-8", xml_declaration=False)
            if WORDS.encode() in body and is_lost("theyworkforyou", body, WORDS):
                lost.append((where, name))
    assert seen
    assert lost == []


def test_attributes_that_are_left_out_have_a_reason():
    assert all(CODES.values()) and all(REPEATED.values())
