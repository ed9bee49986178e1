"""The parts of the attribution that Hansard prints before a turn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderpaper.enrichment.people.attribution import Attribution, split_attribution

PERSONS = [
    (
        "Rhiannon Bagnold (Aldermere North) (Ind)",
        Attribution("Rhiannon Bagnold", "Aldermere North", "Ind"),
    ),
    (
        "Sir Hugh O’Malleyne-Das (Foxcote, Ridgeworth and Mid Wickstow) (Lab/Co-op)",
        Attribution("Sir Hugh O’Malleyne-Das", "Foxcote, Ridgeworth and Mid Wickstow", "Lab/Co-op"),
    ),
    (
        "Rhys Zouche (Na h-Eileanan an Iar) (Your Party)",
        Attribution("Rhys Zouche", "Na h-Eileanan an Iar", "Your Party"),
    ),
    ("Rhys Zouche (The Wrekin) (Con)", Attribution("Rhys Zouche", "The Wrekin", "Con")),
    ("Rhys Zouche", Attribution("Rhys Zouche")),
    (" Rhys \u00a0Zouche:", Attribution("Rhys Zouche")),
    ("Rhys Zouche (SNP)", Attribution("Rhys Zouche", party="SNP")),
    ("Rhys Zouche (Foxcote)", Attribution("Rhys Zouche", "Foxcote")),
    (
        "Rhys Zouche (Foxcote) (Con) (Urgent Question)",
        Attribution("Rhys Zouche", "Foxcote", "Con", note="Urgent Question"),
    ),
    ("Rhys Zouche (Foxcote) (Urgent Question)", Attribution("Rhys Zouche", "Foxcote", note="Urgent Question")),
    ("Rhys Zouche (Urgent Question)", Attribution("Rhys Zouche", note="Urgent Question")),
    ("Rhys Zouche (Foxcote) (LD) (Maiden Speech)", Attribution("Rhys Zouche", "Foxcote", "LD", note="Maiden Speech")),
    ("Rhys Zouche (Foxcote) (Lab) [V]", Attribution("Rhys Zouche", "Foxcote", "Lab", note="V")),
    ("Baroness Trelawney of Millhaven (Lab)", Attribution("Baroness Trelawney of Millhaven", party="Lab")),
    ("Rhys Zouche (Foxcote) (LD) [R]", Attribution("Rhys Zouche", "Foxcote", "LD", note="R")),
    ("Rhys Zouche (Foxcote) (LD) [V]", Attribution("Rhys Zouche", "Foxcote", "LD", note="V")),
    ("Lord Zouche (CB) (Maiden Speech)", Attribution("Lord Zouche", party="CB", note="Maiden Speech")),
    ("The Earl of Foxcote (Con)", Attribution("The Earl of Foxcote", party="Con")),
    ("The Lord Bishop of Cranmere", Attribution("The Lord Bishop of Cranmere")),
    ("The Archbishop of Cranmere", Attribution("The Archbishop of Cranmere")),
    (
        "Rhys Zouche (Second Church Estates Commissioner)",
        Attribution("Rhys Zouche", post="Second Church Estates Commissioner"),
    ),
]
OFFICES = [
    (
        "The Parliamentary Under-Secretary of State for the Home Department (Rhys Zouche)",
        Attribution("Rhys Zouche", post="The Parliamentary Under-Secretary of State for the Home Department"),
    ),
    (
        "The Minister of State, Ministry of Justice (Dame Ruth Bagnold)",
        Attribution("Dame Ruth Bagnold", post="The Minister of State, Ministry of Justice"),
    ),
    ("The Prime Minister", Attribution(post="The Prime Minister")),
    ("The Prime Minister (Rhys Zouche)", Attribution("Rhys Zouche", post="The Prime Minister")),
    ("The Lord Chancellor (Rhys Zouche)", Attribution("Rhys Zouche", post="The Lord Chancellor")),
    (
        "The Lord Privy Seal (Baroness Trelawney of Millhaven) (Lab)",
        Attribution("Baroness Trelawney of Millhaven", party="Lab", post="The Lord Privy Seal"),
    ),
    (
        "The Minister for Policing (Rhys Zouche) (Foxcote) (Lab)",
        Attribution("Rhys Zouche", "Foxcote", "Lab", "The Minister for Policing"),
    ),
    ("Minister for Policing (Rhys Zouche)", Attribution("Rhys Zouche", post="Minister for Policing")),
    (
        "The Comptroller of His Majesty’s Household (Rhys Zouche)",
        Attribution("Rhys Zouche", post="The Comptroller of His Majesty’s Household"),
    ),
]
CHAIRS = [
    ("Mr Speaker", Attribution(post="Mr Speaker", is_chair=True)),
    ("Mr. Speaker", Attribution(post="Mr. Speaker", is_chair=True)),
    ("Mr Speaker-Elect", Attribution(post="Mr Speaker-Elect", is_chair=True)),
    (
        "Madam Deputy Speaker (Ms Ruth Bagnold)",
        Attribution("Ms Ruth Bagnold", post="Madam Deputy Speaker", is_chair=True),
    ),
    ("The Chair", Attribution(post="The Chair", is_chair=True)),
    (
        "The Temporary Chair (Dame Ruth Bagnold)",
        Attribution("Dame Ruth Bagnold", post="The Temporary Chair", is_chair=True),
    ),
    (
        "The First Deputy Chairman of Ways and Means (Ruth Bagnold)",
        Attribution("Ruth Bagnold", post="The First Deputy Chairman of Ways and Means", is_chair=True),
    ),
    ("The Lord Speaker (Lord Zouche)", Attribution("Lord Zouche", post="The Lord Speaker", is_chair=True)),
    (
        "The Deputy Speaker (Baroness Trelawney) (LD)",
        Attribution("Baroness Trelawney", party="LD", post="The Deputy Speaker", is_chair=True),
    ),
    ("Sir Hugh Zouche (in the Chair)", Attribution("Sir Hugh Zouche", note="in the Chair", is_chair=True)),
]
CROWDS = [
    "Hon. Members",
    "Several hon. Members",
    "An hon. Member",
    "Several Hon. Members rose",
    "Noble Lords",
    "A Noble Lord",
]


@pytest.mark.parametrize(("printed", "expected"), PERSONS + OFFICES + CHAIRS, ids=lambda value: str(value)[:50])
def test_every_shape_is_split_into_its_parts(printed, expected):
    assert split_attribution(printed) == expected


@pytest.mark.parametrize("printed", CROWDS)
def test_members_who_are_not_named_have_no_name(printed):
    assert split_attribution(printed) == Attribution(post=printed, is_crowd=True)


@pytest.mark.parametrize("printed", ["Rhys Zouche (Foxcote", "Rhys (The Elder (Senior)) Zouche", "()", ""])
def test_what_has_no_known_shape_is_a_name_as_printed(printed):
    assert split_attribution(printed) == Attribution(printed or None)


WORDS = st.text(alphabet="ABCDabcd -’", min_size=1, max_size=20).map(str.strip).filter(bool)


@given(name=WORDS, seat=WORDS, party=WORDS)
def test_a_name_a_seat_and_a_party_always_part(name, seat, party):
    found = split_attribution(f"{name} ({seat}) ({party})")
    assert (found.name, found.constituency, found.party) == tuple(
        " ".join(part.split()) for part in (name, seat, party)
    )


@given(st.text(max_size=200))
def test_nothing_raises_and_nothing_is_lost(printed):
    found = split_attribution(printed)
    kept = "".join(part or "" for part in (found.name, found.constituency, found.party, found.post, found.note))
    assert sorted(c for c in kept if c.isalnum()) == sorted(c for c in printed if c.isalnum())
