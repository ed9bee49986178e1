"""Printed names, resolved by the dbt models against the real register, its ids thrown away.

Every member of the register of 29 October 2024 is printed in each of the ways that documents print them, as the asker
of a question of 11 November 2024. What the models find is then held against whom we printed.
"""

import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from building import Landed, day, document_id

from orderpaper.config import PROJECT, WORK_NAME
from orderpaper.records import Member, Question

Printed = tuple[str | None, str | None, str | None]
"""Name, party and seat as printed."""
TITLES = re.compile(r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame) )+")
ABBREVIATIONS = {
    "Labour": "Lab",
    "Labour (Co-op)": "Lab/Co-op",
    "Conservative": "Con",
    "Liberal Democrat": "LD",
    "Scottish National Party": "SNP",
    "Plaid Cymru": "PC",
    "Green Party": "Green",
    "Reform UK": "Reform",
    "Democratic Unionist Party": "DUP",
    "Sinn Féin": "SF",
    "Social Democratic & Labour Party": "SDLP",
    "Independent": "Ind",
}
"""As Hansard shortens parties; others are printed in full."""


def bare(member: Member) -> str:
    return TITLES.sub("", member.name)


def surname(member: Member) -> str:
    """The title that the register prints, or the usual one, and the family name."""
    title = TITLES.match(member.name)
    polite = title[0].replace("Sir", "Mr").replace("Dame", "Ms") if title else {"F": "Ms ", "M": "Mr "}[member.gender]
    return polite + bare(member).split(" ", 1)[1]


def plain(text: str) -> str:
    """Without accents, with "&", "St." and spaces for hyphens: as a careless hand types it."""
    letters = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return letters.replace(" and ", " & ").replace("St ", "St. ").replace("-", " ")


def other_given_name(member: Member, forms: dict[str, str]) -> str | None:
    """The name with another form of the given name, for those who have one."""
    given, _, family = bare(member).partition(" ")
    return f"{forms[given]} {family}" if given in forms else None


def turned(member: Member) -> str:
    """The family name in capitals before the given name."""
    given, _, family = bare(member).partition(" ")
    return f"{family.upper()}, {given}"


def initial(member: Member) -> str:
    return f"{bare(member)[0]}. {bare(member).split(' ', 1)[1]} MP"


def misspelt(member: Member) -> str:
    """The name without one letter of the family name."""
    name = bare(member)
    place = len(name) - 2
    return name[:place] + name[place + 1 :]


def capitals_first(member: Member) -> str:
    """The family name in capitals before the given name, without a comma."""
    return turned(member).replace(",", "")


def swapped(member: Member) -> str:
    """The name with two letters of the family name in the wrong order."""
    name = bare(member)
    return name[:-3] + name[-2] + name[-3] + name[-1]


def other_title(member: Member) -> str:
    """The family name with a title of the other gender."""
    return {"F": "Mr ", "M": "Ms "}[member.gender] + bare(member).split(" ", 1)[1]


def part(member: Member) -> str | None:
    """Half of a double name: the given name and the last part, for those who have more."""
    words = re.split(r"[ -]", bare(member))
    return f"{words[0]} {words[-1]}" if len(words) > 2 else None


SEATED: dict[str, Callable[[Member, dict[str, str]], Printed]] = {
    "as a listing prints it": lambda m, _: (bare(m), m.party_text, m.constituency_text),
    "as the register prints it": lambda m, _: (m.name, m.party_text, m.constituency_text),
    "as Hansard prints it": lambda m, _: (
        m.name,
        ABBREVIATIONS.get(m.party_text or "", m.party_text),
        m.constituency_text,
    ),
    "as one": lambda m, _: (f"{m.name} ({m.constituency_text}) ({ABBREVIATIONS.get(m.party_text or '')})", None, None),
    "with every honour": lambda m, _: (f"The Rt Hon {m.name} KC MP", m.party_text, m.constituency_text),
    "in capitals": lambda m, _: (bare(m).upper(), None, (m.constituency_text or "").upper()),
    "without accents and hyphens": lambda m, _: (plain(bare(m)), None, plain(m.constituency_text or "")),
    "title and surname": lambda m, _: (surname(m), None, m.constituency_text),
    "initial and surname": lambda m, _: (f"{bare(m)[0]}. {bare(m).split(' ', 1)[1]}", None, m.constituency_text),
    "another given name": lambda m, forms: (other_given_name(m, forms), m.party_text, m.constituency_text),
    "part of the surname": lambda m, _: (part(m), m.party_text, m.constituency_text),
    "surname first": lambda m, _: (turned(m), m.party_text, m.constituency_text),
    "surname first, as one": lambda m, _: (f"{turned(m)} ({m.party_text} - {m.constituency_text})", None, None),
    "MP for a seat": lambda m, _: (f"{bare(m)} MP for {m.constituency_text}", None, None),
    "initial, surname and MP": lambda m, _: (initial(m), m.party_text, m.constituency_text),
    "surname with party and seat": lambda m, _: (bare(m).split(" ", 1)[1], m.party_text, m.constituency_text),
    "one letter missing": lambda m, _: (misspelt(m), m.party_text, m.constituency_text),
    "two letters swapped": lambda m, _: (swapped(m), m.party_text, m.constituency_text),
    "capitals first": lambda m, _: (capitals_first(m), None, m.constituency_text),
    "capitals first, as one": lambda m, _: (f"{capitals_first(m)} ({m.constituency_text})", None, None),
    "party MP for a seat": lambda m, _: (f"{bare(m)}, {m.party_text} MP for {m.constituency_text}", None, None),
    "Member for a seat": lambda m, _: (f"the hon. Member for {m.constituency_text} ({bare(m)})", None, None),
    "title of the other gender": lambda m, _: (other_title(m), None, m.constituency_text),
}
UNSEATED: dict[str, Callable[[Member, dict[str, str]], Printed]] = {
    "name alone": lambda m, _: (bare(m), None, None),
    "title and surname alone": lambda m, _: (surname(m), None, None),
    "another given name alone": lambda m, forms: (other_given_name(m, forms), None, None),
    "seat alone": lambda m, _: (None, None, m.constituency_text),
    "surname first alone": lambda m, _: (turned(m), None, None),
    "initial and surname alone": lambda m, _: (initial(m), None, None),
    "capitals first alone": lambda m, _: (capitals_first(m), None, None),
    "surname and party": lambda m, _: (bare(m).split(" ", 1)[1], m.party_text, None),
}


@pytest.fixture(scope="module")
def members(captured: Path) -> list[Member]:
    """The register, as its capturer flattened it."""
    rows = json.loads((captured / "members" / "current_mps_2024-10-29.json").read_text(encoding="utf-8"))
    return [
        Member(
            ordinal=ordinal,
            member_id=row["id"],
            name=row["nameDisplayAs"],
            gender=row["gender"],
            party_text=row["party"],
            house="Commons",
            constituency_text=row["membershipFrom"],
            membership_start_on=day("2024-07-04"),
            is_current=True,
        )
        for ordinal, row in enumerate(rows, start=1)
    ]


@pytest.fixture(scope="module")
def printed(members: list[Member]) -> dict[str, list[tuple[Member | None, Printed]]]:
    """Style → who was printed, and how; None for people who are no members."""
    with (PROJECT / "dbt" / "seeds" / "given_name.csv").open(encoding="utf-8") as file:
        pairs = [(row["short_name"].title(), row["full_name"].title()) for row in csv.DictReader(file)]
    forms = dict(pairs) | {full: short for short, full in pairs}
    styles: dict[str, list[tuple[Member | None, Printed]]] = {}
    for style, prints in {**SEATED, **UNSEATED}.items():
        people = [(member, prints(member, forms)) for member in members]
        styles[style] = [(member, shown) for member, shown in people if shown[0] or style == "seat alone"]
    neighbours = list(zip(members, members[1:] + members[:1], strict=True))
    styles["with another's seat"] = [(m, (bare(m), o.party_text, o.constituency_text)) for m, o in neighbours]
    styles["with another's seat and no party"] = [(m, (bare(m), None, o.constituency_text)) for m, o in neighbours]
    styles["surname first, with another's seat"] = [
        (m, (turned(m), o.party_text, o.constituency_text)) for m, o in neighbours
    ]
    styles["swapped, with another's seat"] = [
        (m, (swapped(m), o.party_text, o.constituency_text)) for m, o in neighbours
    ]
    styles["Member for another's seat"] = [
        (m, (f"the hon. Member for {o.constituency_text} ({bare(m)})", o.party_text, None)) for m, o in neighbours
    ]
    styles["misspelt, with another's seat"] = [
        (m, (misspelt(m), o.party_text, o.constituency_text)) for m, o in neighbours
    ]
    styles["nobody's name"] = [
        (None, (f"Quentin{o.member_id} {bare(m).split(' ', 1)[1]}-Zyx", o.party_text, o.constituency_text))
        for m, o in neighbours
    ]
    styles["another's given name"] = [
        (None, (f"{bare(m).split(' ')[0]} Zyxwood", o.party_text, m.constituency_text)) for m, o in neighbours
    ]
    return styles


@pytest.fixture(scope="module")
def outcomes(
    members: list[Member],
    printed: dict[str, list[tuple[Member | None, Printed]]],
    tmp_path_factory: pytest.TempPathFactory,
    run_dbt: Callable[..., Any],
) -> Iterator[dict[str, list[tuple[Member | None, int | None, str]]]]:
    """Style → who was printed, the id that the models found, and how they found it."""
    landed = Landed()
    landed.document("search", "members", "search", "member_search", records=members)
    for style, people in printed.items():
        questions = [
            Question(
                ordinal=ordinal,
                question_type="written",
                tabled_on=day("2024-11-11"),
                asked_by_text=name,
                asked_by_party_text=party,
                asked_by_constituency_text=seat,
                text=f"{style} {ordinal}",
            )
            for ordinal, (_, (name, party, seat)) in enumerate(people, start=1)
        ]
        landed.document(style, "inbox", "file", "question_listing", records=questions)
    folder = tmp_path_factory.mktemp("names")
    with duckdb.connect(folder / WORK_NAME) as connection:
        landed.write(connection)
    types = ("--resource-type", "model", "--resource-type", "seed")
    run_dbt(folder, "build", "--select", "+int_person_matches", *types)
    with duckdb.connect(folder / WORK_NAME, read_only=True) as connection:
        rows = connection.execute(
            """
            SELECT document_id, person_ordinal, CASE WHEN is_in_register THEN matches.member_id END, match_method
            FROM intermediate.int_attributions AS attributions
            JOIN intermediate.int_person_matches AS matches USING (person_key)
            WHERE person_role = 'asker'
            """
        ).fetchall()
    found = {(document, ordinal): (member_id, method) for document, ordinal, member_id, method in rows}
    yield {
        style: [(member, *found[document_id(style), ordinal]) for ordinal, (member, _) in enumerate(people, start=1)]
        for style, people in printed.items()
    }


def shares(outcome: list[tuple[Member | None, int | None, str]]) -> tuple[float, list[tuple[str, int, str]]]:
    """The share of people who were found, and those who were taken for somebody else."""
    right = sum(member is not None and member.member_id == found for member, found, _ in outcome)
    wrong = [
        (member.name if member else "nobody", found, method)
        for member, found, method in outcome
        if found is not None and (member is None or member.member_id != found)
    ]
    return right / len(outcome), wrong


@pytest.mark.parametrize("style", SEATED)
def test_with_the_seat_all_but_one_in_two_hundred_are_found_and_none_is_wrong(style, outcomes):
    share, wrong = shares(outcomes[style])
    assert wrong == []
    assert share >= 0.995, Counter(method for _, _, method in outcomes[style])


@pytest.mark.parametrize(
    ("style", "least"),
    [
        ("name alone", 0.99),
        ("title and surname alone", 0.4),
        ("another given name alone", 0.95),
        ("seat alone", 1),
        ("surname first alone", 0.99),
        ("initial and surname alone", 0.8),
        ("capitals first alone", 0.99),
        ("surname and party", 0.5),
    ],
)
def test_without_it_what_is_found_is_right_and_what_is_ambiguous_stays_so(style, least, outcomes):
    share, wrong = shares(outcomes[style])
    assert wrong == []
    assert share >= least, Counter(method for _, _, method in outcomes[style])
    assert {method for _, found, method in outcomes[style] if found is None} <= {"ambiguous", "unverified"}


def test_a_name_with_another_seat_and_no_party_is_found(outcomes):
    share, wrong = shares(outcomes["with another's seat and no party"])
    assert wrong == []
    assert share >= 0.99


@pytest.mark.parametrize(
    "style",
    [
        "with another's seat",
        "surname first, with another's seat",
        "misspelt, with another's seat",
        "swapped, with another's seat",
        "Member for another's seat",
        "nobody's name",
        "another's given name",
    ],
)
def test_nobody_is_taken_for_the_member_of_the_seat_that_is_printed(style, outcomes):
    assert shares(outcomes[style])[1] == []


def test_every_method_is_right_as_often_as_its_seed_says(outcomes):
    with (PROJECT / "dbt" / "seeds" / "match_method.csv").open(encoding="utf-8") as file:
        confidence = {row["match_method"]: float(row["match_confidence"]) for row in csv.DictReader(file)}
    right: dict[str, list[bool]] = defaultdict(list)
    for outcome in outcomes.values():
        for member, found, method in outcome:
            if found is not None:
                right[method].append(member is not None and member.member_id == found)
    assert len(right) >= 8
    assert {
        method: sum(held) / len(held) for method, held in right.items() if sum(held) < confidence[method] * len(held)
    } == {}
