from hypothesis import given
from hypothesis import strategies as st

from orderpaper.enrichment.people.mentions import find_mentions

SEATS = st.sampled_from(["Stowe", "Lyde, Stowe and West Quay", "Ross-on-the-Water", "Ynys Wen", "Na h-Eileanan Dubha"])
NAMES = st.sampled_from(["Odette Farnsworth", "Dr Zoë Ní Bhriain", "Sir Piers de la Mare", "Mr. O'Hare"])
FORMS = st.sampled_from(
    [
        "the hon. Member for {seat} ({name})",
        "my hon. Friend the Member for {seat} ({name})",
        "My right hon. and learned Friend the Member for {seat} ({name})",
        "the right hon. Lady the Member for {seat} ({name})",
        "hon. Member for {seat} ({name})",
        "the Member for {seat} ({name})",
    ]
)
FILLERS = st.sampled_from([" said so. ", ", and ", " (as did others) ", "; the Member for Stowe did not. ", " — "])


@given(st.lists(st.tuples(FORMS, SEATS, NAMES, FILLERS), max_size=5), st.sampled_from([" ", "  ", "\n"]))
def test_every_member_named_by_seat_and_bracket_is_found(parts, space):
    text, printed = "Today, ", []
    for form, seat, name, filler in parts:
        shown = (
            form.format(seat=seat, name=name).replace("hon. ", f"hon.{space}").replace(f" ({name})", f"{space}({name})")
        )
        text += shown + filler
        printed.append((shown, name, seat))
    found = find_mentions(text)
    assert [(mention.as_printed, mention.name, mention.constituency) for mention in found] == printed
    assert all(mention.as_printed == text[mention.start : mention.end] for mention in found)


@given(st.text(max_size=300))
def test_a_mention_is_always_an_exact_slice(text):
    for mention in find_mentions(f"the hon. Member for {text}"):
        assert mention.as_printed.endswith(")")


def test_what_names_nobody_is_no_mention():
    for text in (
        "the hon. Member for Stowe pointed out",
        "the Member for Stowe said that the council (which is small) agreed",
        "my hon. Friend the Minister (Odette Farnsworth)",
        "Chief Executive of Stowe (Odette Farnsworth)",
        "the hon. Member for Stowe (12 November)",
    ):
        assert find_mentions(text) == [], text


def named(text):
    return [(m.name, m.constituency, m.post) for m in find_mentions(text)]


def test_peers_are_named_by_title_after_a_courtesy():
    for text, name in (
        ("I thank my noble friend Lord Marrow of Weir for that.", "Lord Marrow of Weir"),
        ("The noble Baroness, Lady Quill, is right.", "Lady Quill"),
        ("as the noble and learned Lord, Lord Oake-Finch of St Aldhelm, said", "Lord Oake-Finch of St Aldhelm"),
        ("the noble Earl, Lord Pell, asked", "Lord Pell"),
        ("I agree with the right reverend Prelate the Bishop of Weir.", "Bishop of Weir"),
        ("my noble friend Baroness Thorn of Kings Lyde spoke", "Baroness Thorn of Kings Lyde"),
    ):
        assert named(text) == [(name, None, None)], text


def test_an_office_is_named_to_its_end():
    text = "She asked the Secretary of State for Health and Social Care to write."
    assert named(text) == [(None, None, "Secretary of State for Health and Social Care")]


def test_an_office_of_one_holder_is_named_by_its_article():
    assert named("I have asked the Home Secretary, and the Prime Minister’s office.") == [
        (None, None, "Home Secretary"),
        (None, None, "Prime Minister"),
    ]
    for text in (
        "the shadow Home Secretary said",
        "the then Home Secretary said",
        "To ask the Secretary of State for the Home Department, what steps he is taking.",
        "a Prime Minister of Denmark",
        "the Prime Minister of Denmark",
        "the noble Lord is right",
    ):
        assert named(text) == [], text
