"""A member is the same member in whatever order and between whatever marks name, party and seat are printed."""

import csv
import itertools
import random

import pytest

from orderpaper.config import PROJECT
from orderpaper.errors import ParseError
from orderpaper.reading.members import may_be_name, read_member
from orderpaper.reading.parties import is_party

NAMES = ["Ann Otter", "Baroness Ní Bhriain of Esk", "Zoë O'Hare-Tregear", "The Lord Bishop of Lyde"]
PARTIES = [
    "Labour",
    "LABOUR",
    "Lab",
    "Labour (Co-op)",
    "Labour/Co-operative",
    "Lab/Co-op",
    "Lib Dem",
    "Green",
    "Ind",
    "Crossbench",
    "Non-affiliated",
    "Social Democratic & Labour Party",
    "Sinn Fein",
    "Speaker",
    "Harbour Party",
]
SEATS = [
    "Ely",
    "Mid Norfolk",
    "Washington and Gateshead South",
    "Kelham Vale (South)",
    "Lyde, Stowe and West Quay",
    "Birmingham, Green Lane",
    "Bethnal Green and Stepney",
    "Bishop Auckland",
    "Life peer",
    "Ynys Môn",
    "Ross-on-the-Water",
]
FORMS = [
    "{name} ({one} - {two})",
    "{name} ({one} – {two})",
    "{name} ({one}, {two})",
    "{name} ({one} | {two})",
    "{name} ({one}) ({two})",
    "{name} [{one}, {two}]",
    "{name} MP ({one}, {two})",
    "{name}, {one}, {two}",
    "{name} - {one} - {two}",
    "{name} | {one} | {two}",
    "{name}\n{one}\n{two}",
    "{name}\n{one} | {two}",
    "{name}\n{one}, {two}",
    "{name}\n{one} - {two}",
    "{name} ({one})\n{two}",
]
"""`one` and `two` are the party and the seat, in both orders."""


@pytest.mark.parametrize("form", FORMS)
def test_party_and_seat_are_told_apart_in_every_order(form: str) -> None:
    for name, party, seat in itertools.product(NAMES, PARTIES, SEATS):
        for one, two in ((party, seat), (seat, party)):
            if form.endswith("({one})\n{two}") and one == seat:
                continue
            lines = form.format(name=name, one=one, two=two).split("\n")
            assert read_member(lines) == (name, party, seat), lines


@pytest.mark.parametrize("party", PARTIES)
def test_the_name_may_be_missing(party: str) -> None:
    for seat in SEATS:
        for lines in ([party, seat], [f"{party} | {seat}"], [f"{party}, {seat}"]):
            assert read_member(lines) == (None, party, seat)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("The Lord Bishop of Lyde (Bishops - Bishops)", ("The Lord Bishop of Lyde", "Bishops", "Bishops")),
        ("Ann Otter (Bishops - Lords Spiritual)", ("Ann Otter", "Bishops", "Lords Spiritual")),
        ("Ann Otter (Life peer, Crossbench)", ("Ann Otter", "Crossbench", "Life peer")),
        (
            "The Lord Bishop of Lyde and Ely Abbey (Bishops - Bishops)",
            ("The Lord Bishop of Lyde and Ely Abbey", "Bishops", "Bishops"),
        ),
        ("OTTER, Ann (Labour - Ely)", ("OTTER, Ann", "Labour", "Ely")),
        ("Otter, Ann (Ely, Labour)", ("Otter, Ann", "Labour", "Ely")),
        ("O’HARE DE WIT, Dame Ann B. (Labour (Co-op) - Ely)", ("O’HARE DE WIT, Dame Ann B.", "Labour (Co-op)", "Ely")),
        ("Ann Otter, Labour", ("Ann Otter", "Labour", None)),
        ("Ann Otter", ("Ann Otter", None, None)),
        ("Ann Otter MP", ("Ann Otter", None, None)),
    ],
)
def test_other_members(line: str, read: tuple[str | None, ...]) -> None:
    assert read_member([line]) == read


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["Ann Otter (Green - Labour)"], "can each be the party"),
        (["Ann Otter (Lyde - Ely)"], "no part of .* is a party"),
        (["Ann Otter, Ely (Labour - Lyde)"], "no part of"),
        (["Lord Smith, Yarm (Labour - Life peer)"], "no part of"),
        (["Otter, Ann (Labour)"], "no part of"),
        (["Ann Otter and Bob Sand (Labour - Ely)"], "“Ann Otter and Bob Sand” names several members"),
        (["Ann Otter and Bob Sand"], "names several members"),
        (["Ann Otter", "Lyde", "Ely"], "neither “Lyde” nor “Ely” is a party"),
        (["Otter, Ann", "Labour", "Ely"], "“Otter, Ann” is not a name alone"),
        (["Lord Smith of Esk, Yarm (Labour - Life peer)"], "no part of"),
        (["Ann Otter (Labour - Ely"], "a bracket without its other half"),
        (["Ann Otter, Ely, Labour, Lyde"], "stands between other parts"),
        (["Ann Otter (Labour - Ely) (Lyde)"], "two parts beside the party"),
        (["Ann Otter MP for Ely (Labour - Ely)"], "is not a name alone"),
        (["Ann Otter, Ely"], "no part of"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(lines: list[str], reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        read_member(lines)


def test_every_party_of_the_seeds_is_known() -> None:
    for seed, names in (("party", ("name", "abbreviation")), ("party_alias", ("alias",))):
        with (PROJECT / "dbt/seeds" / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
            assert [row[name] for row in csv.DictReader(file) for name in names if not is_party(row[name])] == []


@pytest.mark.parametrize("words", [*SEATS, "Home Office", "Party", "Third Party Payments", "Greenwich", "Labourers"])
def test_a_seat_or_another_word_is_no_party(words: str) -> None:
    assert not is_party(words)


@pytest.mark.parametrize("words", ["Home Office", "Ministry of Defence", "Lib Dem", "Noted it", "Intervention", "Ely"])
def test_a_department_a_party_or_a_label_is_no_name(words: str) -> None:
    assert not may_be_name(words)


def test_marks_in_any_number_take_no_time_that_grows_with_their_square() -> None:
    dice = random.Random(1)
    for _ in range(3):
        line = "".join(dice.choice(["(", ")", ", ", " - ", "Labour", "Ely"]) for _ in range(2_000))
        with pytest.raises(ParseError):
            read_member([line])
