"""Every parser has example documents, and its result for each equals the expected output beside it.

Examples are invented: `examples/<source>/<name>.<ext>` with `<name>.expected.json`. A parser without two of them fails
here. After a change that is meant, write the expected output anew and read the difference before committing it:

    ORDERPAPER_REGENERATE=1 pytest tests/unit/parsers/test_examples.py
"""

import dataclasses
import datetime as dt
import hashlib
import importlib
import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import orderpaper.sources
from orderpaper.reading.decode import decode
from orderpaper.records import RECORD_TYPES, Document, Drift, Parsed, SittingDay
from orderpaper.records.accounting import account

EXAMPLES = Path(__file__).with_name("examples")
SOURCES = Path(orderpaper.sources.__file__).parent
PARSERS = sorted(path.parent.name for path in SOURCES.glob("*/parse.py"))
DOCUMENTS = sorted(path for path in EXAMPLES.glob("*/*.*") if not path.name.endswith(".expected.json"))
TABLES = {record_type: table for table, record_type in RECORD_TYPES.items()}


def parser(source: str) -> ModuleType:
    return importlib.import_module(f"orderpaper.sources.{source}.parse")


def read(path: Path) -> Parsed:
    """Parse a document with the parser of its folder, and account for its text."""
    module, body = parser(path.parent.name), path.read_bytes()
    if hasattr(module, "parse_text") and path.suffix == ".txt":
        return account(module.parse_text(decode(body)))
    document = Document(
        document_id=hashlib.sha256(body).hexdigest(),
        source=path.parent.name,
        kind="file",
        url=path.name,
        media_type="application/octet-stream",
        fetched_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
        body=body,
    )
    return account(module.parse(document))


def stated(parsed: Parsed) -> dict[str, Any]:
    """Return the parser's result without default values and without the document's text."""
    records = [{"type": TABLES[type(record)], **_filled(record)} for record in parsed.records]
    refusals = [dataclasses.asdict(refusal) for refusal in parsed.refusals]
    result = {**_filled(parsed), "text": None, "records": records}
    result.pop("pieces", None)
    return {**result, "refusals": refusals} if refusals else result


def _filled(record: Any) -> dict[str, Any]:
    return {
        field.name: value.isoformat() if isinstance(value, dt.date) else value
        for field in dataclasses.fields(record)
        if (value := getattr(record, field.name)) not in (None, [], field.default)
    }


def label(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def test_parsers_are_found():
    assert len(PARSERS) >= 7


@pytest.mark.parametrize("source", PARSERS)
def test_every_parser_has_two_examples(source):
    examples = [path for path in DOCUMENTS if path.parent.name == source]
    assert len(examples) >= 2, f"put two example documents of {source} in {EXAMPLES / source}"


@pytest.mark.parametrize("source", PARSERS)
def test_every_parser_accounts_for_the_text_of_its_examples(source):
    """The headings of a sitting day are those of its debates, which are documents of their own."""
    for path in DOCUMENTS:
        if path.parent.name == source:
            parsed = read(path)
            has_records = any(not isinstance(record, Drift | SittingDay) for record in parsed.records)
            assert not has_records or parsed.pieces, f"{label(path)} has records, but no text to account for"


@pytest.mark.parametrize("source", PARSERS)
def test_a_parser_that_recognises_files_says_what_it_looks_for(source):
    module = parser(source)
    names = {name for name in ("matches", "KIND", "LOOKED_FOR") if hasattr(module, name)}
    assert len(names) == 3 or (source == "inbox" and not names)


def test_every_example_belongs_to_a_parser():
    assert {path.parent.name for path in DOCUMENTS} <= set(PARSERS)


@pytest.mark.parametrize("path", DOCUMENTS, ids=label)
def test_example_is_read_as_expected(path):
    expected = path.with_name(path.stem + ".expected.json")
    found = stated(read(path))
    if os.environ.get("ORDERPAPER_REGENERATE"):
        expected.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        pytest.skip(f"{expected.name} written anew; read the difference")
    assert expected.exists(), f"{expected} is missing; this module says how to write it"
    assert found == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=label)
def test_spans_slice_the_text_and_ordinals_count_up(path):
    parsed = read(path)
    counted: dict[type, int] = {}
    for record in parsed.records:
        counted[type(record)] = counted.get(type(record), 0) + 1
        assert record.ordinal == counted[type(record)]
        start = getattr(record, "char_start", None)
        if start is not None:
            assert parsed.text is not None
            assert record.text == parsed.text[start : record.char_end]
            assert record.text.strip() == record.text != ""
