"""JSON is read strictly: what is no text never reaches a record, and what cannot be read is named."""

import json

import pytest

from orderpaper.errors import ParseError
from orderpaper.reading.payloads import json_fault, read_json


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Tr\0easury", "Treasury"),
        ("a\x01\x08b\x1b[31mc\x7f", "ab[31mc"),
        ("one\x0btwo\x0cthree", "one two three"),
        ("the Government\x92s £5\x96\x81£6 million", "the Government’s £5–£6 million"),
        ("line\r\n\tline", "line\r\n\tline"),
        ("£5\N{NO-BREAK SPACE}million, Łódź, 🙂", "£5\N{NO-BREAK SPACE}million, Łódź, 🙂"),
        ("a \\u0000 that was written out", "a \\u0000 that was written out"),
    ],
)
@pytest.mark.parametrize("is_ascii", [True, False])
def test_control_characters_are_no_part_of_a_text(text, read, is_ascii):
    body = json.dumps({"rows": [{"text": text, "count": 1}]}, ensure_ascii=is_ascii).encode()
    assert read_json(body, "an API") == {"rows": [{"text": read, "count": 1}]}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'\xef\xbb\xbf{"a": 1}', "begins with a byte order mark of UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "begins with a byte order mark of UTF-16"),
        (b'{"a": "\\ud83d"}', r"holds half of a surrogate pair, \\ud83d, which is no character"),
        (b'{"a": "x\\uDE00"}', r"holds half of a surrogate pair, \\uDE00"),
        (b"[" * 100_000, "nests too deep"),
        (b'{"a": ' * 500 + b'"\\u0007"' + b"}" * 500, "nests too deep"),
        (b'{"a": "\xff"}', "is not UTF-8"),
        (b'{"a": ', "truncated"),
    ],
)
def test_what_is_no_json_is_named(body, reason):
    with pytest.raises(ParseError, match=rf"^not a payload of an API: .*{reason}"):
        read_json(body, "an API")


@pytest.mark.parametrize("body", [b'{"a": "\\ud83d\\ude00 \\\\ud83d"}', b'{"a": 1}'])
def test_json_has_no_fault(body):
    assert json_fault(body) is None
