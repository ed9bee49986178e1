"""Members named in a text by their seat, as members of the House of Commons refer to each other.

The forms are those of the Commons: "the hon. Member for Stourbridge (Cat Eccles)", "my right hon. and learned Friend
the Member for …" (Erskine May, Rules of behaviour and courtesies: members are not referred to by name but by their
constituency; Hansard adds the name in brackets).
"""

import re
from dataclasses import dataclass

_LETTERS = r"[^\W\d_]"
_PARTICLE = rf"(?:an|and|by|de|del|der|di|in|la|le|of|on|the|under|upon|van|von|with|y|h-{_LETTERS}{{1,30}})\b"
"""Words in small letters that stand inside the names of seats and people ("Na h-Eileanan an Iar")."""
_SEAT_WORD = rf"(?:St\.|[A-ZÀ-Ý](?:{_LETTERS}|[’'\-]){{0,30}})"
_NAME_WORD = rf"[A-ZÀ-Ý](?:{_LETTERS}|[’'\-]){{0,30}}\.?"
_MENTION = re.compile(
    rf"""
    \b(?:(?:[Tt]he|[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir)\s{{1,8}})?
    (?:
        (?:(?:[Rr]ight|[Rr]t\.?)\s{{1,8}})?
        [Hh]on(?:\.|ourable)?,?\s{{1,8}}
        (?:(?:and\s{{1,8}})?(?:learned|gallant|[Rr]everend)\s{{1,8}}){{0,2}}
        (?:(?:Friends?|Lady|Gentleman),?\s{{1,8}}the\s{{1,8}})?
    )?
    Member\s{{1,8}}for\s{{1,8}}
    (?P<constituency>{_SEAT_WORD}(?:,?\s{{1,8}}(?:{_SEAT_WORD}|{_PARTICLE})){{0,11}})\s{{0,8}}
    \((?P<name>{_NAME_WORD}(?:\s{{1,8}}(?:{_NAME_WORD}|{_PARTICLE})){{0,7}})\)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A member named in a text. `as_printed` is `text[start:end]`; name and seat have their white space folded."""

    as_printed: str
    name: str
    constituency: str
    start: int
    end: int


def find_mentions(text: str) -> list[Mention]:
    """Every member that `text` names by seat and, in brackets, by name; in order.

    Spaces may be doubled or broken by line ends. A seat without a name in brackets is no mention: where the name of
    the seat ends is then not printed.
    """
    return [
        Mention(
            as_printed=match[0],
            name=" ".join(match["name"].split()),
            constituency=" ".join(match["constituency"].split()),
            start=match.start(),
            end=match.end(),
        )
        for match in _MENTION.finditer(text)
    ]
