"""Read the attribution that Hansard prints before a turn: a name, and in brackets after it a seat, a party, an office.

The forms are those of the Official Report of both Houses. A member is "Name (Constituency) (Party)" at the first turn
in a debate and the bare name after that. A minister is "Office (Name)", in the Lords with the party after it. The Chair
is an office ("Mr Speaker", "Madam Deputy Speaker (Name)") or "Name (in the Chair)".
"""

import re
from dataclasses import dataclass

_LAST_BRACKET = re.compile(r"\s*(?:\((?P<round>[^()]*)\)|\[(?P<square>[^][]*)\])$")
_NOTES = frozenset({"urgent question", "maiden speech", "valedictory speech", "v", "r"})
"""Notes that a bracket may hold beside a seat and a party: why a member speaks, a video link (2020-21), or that the
member has declared a relevant interest ("[R]")."""
_NOTE = re.compile(rf"\s*[(\[](?:{'|'.join(sorted(_NOTES))})[)\]]", re.IGNORECASE)
_IN_THE_CHAIR = "in the chair"
_PARTIES = frozenset(
    "alba|alliance|bishops|cb|change uk|con|con ind|dup|gp|green|ind|ind con|ind lab|ind ld|ind sd|ind uu|independent"
    "|lab|lab/co-op|lab co-op|lab ind|lab/ind|ld|life peer|non-afl|pc|reform|respect|restore|ruk|sdlp|sf|snp|speaker"
    "|spk|tig|tuv|ukip|uu|uup|your party".split("|")
)
"""Parties as Hansard abbreviates them, in lower case. With them, a single party differs from a single seat."""
_CHAIR = re.compile(
    r"(?:(?:Mr\.?|Madam|The) )?(?:(?:Lord|Senior|Principal|First|Second|Temporary) )*(?:Deputy )?"
    r"(?:Speaker(?:[- ]Elect)?|Chair(?:man|woman)?(?: of Ways and Means| of Committees)?)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"(?:several |some |many |an? |other |the )*"
    r"(?:(?:right )?hon\.? members?|noble (?:lords?|baroness)|members|peers)(?: rose)?",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"The (?:(?:Lord )?(?:Arch)?[Bb]ishop of|Duke|Duchess|Earl|Countess|Marquess|Marchioness|Viscount|Viscountess"
    r"|Lord [A-Z]\w+ of|Baroness|Lady)\b"
)
"""Beginnings of peers' titles that look like offices; "The Lord Chancellor", "The Lord Privy Seal" are offices."""
_DUTY = re.compile(
    r".*\b(?:Ministers?|Secretary|Under-Secretary|Chancellor of|(?:Attorney|Solicitor|Advocate|Paymaster)[- ]General"
    r"|Leader of the House|Comptroller|Vice-Chamberlain|Estates Commissioner)\b"
)
_OFFICE = re.compile(rf"The (?!Lord [A-Z]\w+$)|The Lord (?:Chancellor|Advocate)\b|{_DUTY.pattern}")
"""The beginning of an office before the brackets. Within brackets an article is no proof: "The Wrekin" is a seat."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """The parts of an attribution, each as printed, or None. A crowd has its words as `post`."""

    name: str | None = None
    constituency: str | None = None
    party: str | None = None
    post: str | None = None
    note: str | None = None
    """The note on the turn: "Urgent Question", "Maiden Speech", "in the Chair"."""
    is_chair: bool = False
    """Whether it is the Speaker, a deputy, or another member in the Chair."""
    is_crowd: bool = False
    """Whether it is several unnamed members: "Hon. Members", "Several hon. Members"."""


def split_attribution(text: str) -> Attribution:
    """Return the parts of what Hansard prints before a turn, with white space collapsed.

    Text of an unknown form, such as one with an unclosed bracket, is a name as a whole. It is kept as printed, and no
    member of the register matches it.
    """
    stem, brackets = _brackets(" ".join(text.split()).rstrip(" :—–"))
    notes = [bracket for bracket in brackets if bracket.casefold() in _NOTES | {_IN_THE_CHAIR}]
    brackets = [bracket for bracket in brackets if bracket not in notes]
    note = ", ".join(notes) or None
    in_the_chair = any(bracket.casefold() == _IN_THE_CHAIR for bracket in notes)
    if _SEVERAL.fullmatch(stem):
        return Attribution(post=stem, note=note, is_crowd=True)
    if is_chair := _CHAIR.fullmatch(stem) is not None:
        name, constituency, party = _person(brackets)
        return Attribution(name, constituency, party, stem, note, is_chair)
    if _OFFICE.match(stem) and not _TITLED.match(stem) and not _is_party(brackets):
        name, constituency, party = _person(brackets)
        return Attribution(name, constituency, party, stem, note, in_the_chair)
    post = next((bracket for bracket in brackets if _DUTY.match(bracket)), None)
    _, constituency, party = _person([stem, *(bracket for bracket in brackets if bracket != post)])
    return Attribution(stem or None, constituency, party, post, note, in_the_chair)


def without_notes(text: str) -> str:
    """Return an attribution without the notes in its brackets, which no record keeps: they say why a member speaks."""
    return _NOTE.sub("", text)


def _brackets(text: str) -> tuple[str, list[str]]:
    """Return the text before the brackets at the end, and the content of each bracket."""
    brackets: list[str] = []
    while (match := _LAST_BRACKET.search(text)) and match.start():
        brackets.insert(0, (match["round"] or match["square"] or "").strip())
        text = text[: match.start()]
    return text, [bracket for bracket in brackets if bracket]


def _is_party(brackets: list[str]) -> bool:
    """Return whether there is only one bracket and it holds a party, because the text before it is then a person."""
    return len(brackets) == 1 and brackets[0].casefold() in _PARTIES


def _person(parts: list[str]) -> tuple[str | None, str | None, str | None]:
    """Return the name, seat and party; a single bracket is a party if it is a known one, and otherwise a seat."""
    name, rest = (parts[0] if parts else None), parts[1:]
    if _is_party(rest):
        return name, None, rest[0]
    return name, rest[0] if rest else None, ", ".join(rest[1:]) or None
