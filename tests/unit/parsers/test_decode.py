"""A file is decoded as what it was written in, or refused; it is never decoded as something else."""

import pytest

from orderpaper.errors import ParseError
from orderpaper.reading.decode import decode

WORDS = "The Department paid for the review, and the hon. Member has a copy of it in the Library of the House. "
WESTERN = [
    "Siân Berry asked what it costs: £3 million.",
    "It is “the criteria” – £5 – of the Department’s.",
    "£5 million — and €5 million – on Beyoncé’S cafés.",
    "Ó Murchú said Õl.",
    "Zoë Ní Bhriain; Sinn Féin; Dáil Éireann.",
    "He can’t say “yes”, nor ‘no’.",
    "\u2022 one item\n\u2022 another item",
    "Wait… and see…",
    "Brand™ and ® of ©2024, at 20°C",
    "£5\N{NO-BREAK SPACE}million",
    "Müller and Böhm at Ynys Môn",
    "À la carte, a naïve café façade",
    "pages 5–6 of 2023–24",
    "Encyclopædia, Curaçao, Côte d’Ivoire",
    "It was agreed—as the House knows—that 5 € is the Bank’s, and £5 million is M&S™",
    "Úrsula’s “Àrd” at Òran Mór",
    "O’Hare and the Minister’s São Tomé",
]


@pytest.mark.parametrize(
    "encoding", ["cp1252", "mac_roman", "utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
)
@pytest.mark.parametrize("text", WESTERN)
def test_western_text_is_decoded_as_what_it_is(text, encoding):
    assert decode(f"{WORDS}{text}".encode(encoding)) == f"{WORDS}{text}"


@pytest.mark.parametrize(
    ("text", "encoding", "reason"),
    [
        ("García", "mac_roman", r"whether byte 0x92 at line 2 is Windows-1252 \('’'\) or Mac OS Roman \('í'\)"),
        ("Qur’an", "cp1252", "whether byte 0x92 at line 2"),
        ("Böhm", "mac_roman", "whether byte 0x9a at line 2"),
        ("agreed—as he knows", "cp1252", "whether byte 0x97 at line 2"),
        ("É", "cp1252", "whether byte 0xc9 at line 2"),
        ("É", "mac_roman", "whether byte 0x83 at line 2"),
        ("„low“", "mac_roman", "whether byte 0xe3 at line 2"),
        ("Hawai‘i", "cp1252", "whether byte 0x91 at line 2"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(text, encoding, reason):
    with pytest.raises(ParseError, match=reason):
        decode(f"{WORDS}\n{text}".encode(encoding))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("asked by Lembit Öpik", "cp1252"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?> Qur’an", "cp1252"),
        ('<html><head><meta charset="windows-1252"> agreed—as he knows', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"> É', "cp1252"),
    ],
)
def test_what_a_file_declares_or_a_word_shows_decides(text, encoding):
    assert decode(text.encode(encoding)) == text


def test_a_byte_that_the_declared_encoding_does_not_have_is_refused():
    with pytest.raises(ParseError, match=r"it says that it is latin1, which has no byte 0x81 \(byte 36\)"):
        decode(b"<html><meta charset='latin1'>It cost\x81.")


def test_bytes_of_two_encodings_are_refused():
    with pytest.raises(ParseError, match="byte 0x92 at line 2"):
        decode("The café\n".encode("mac_roman") + "of the Minister’s.".encode("cp1252") + WORDS.encode())


def test_bytes_that_another_encoding_decides_are_refused_if_windows_has_no_such_byte():
    with pytest.raises(ParseError, match="byte 0x81 at line 2"):
        decode(f"{WORDS} the Minister’s\n".encode("cp1252") + b"x\x81y")


@pytest.mark.parametrize("good", ["Siân Berry", "£3", "“so”", "€5", "it’s"])
@pytest.mark.parametrize("stray", [b"\xa35", b"caf\xe9", b"\x92s", b"\xff"])
def test_utf_8_with_a_byte_that_is_none_is_refused(good, stray):
    with pytest.raises(ParseError, match=r"UTF-8 that is damaged or cut at byte \d+, line 3"):
        decode(f"{good}\r\n{WORDS}\r\n".encode() + stray + b" more")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_wide_text_that_is_cut_inside_a_character_is_refused(encoding):
    with pytest.raises(ParseError, match=rf"{encoding.upper()} that is damaged or cut at byte \d+, line 2"):
        decode(f"{WORDS}\n{WORDS}".encode(encoding)[:-1])


@pytest.mark.parametrize("text", ["\ud83d", "£3 \ude00", "a\ud83d\ude00"])
def test_half_of_a_surrogate_pair_in_utf_8_is_named(text):
    with pytest.raises(ParseError, match=r"UTF-8 that holds half of a surrogate pair, .* at byte \d+, line 2"):
        decode(f"{WORDS}\n{text}".encode("utf-8", "surrogatepass"))
