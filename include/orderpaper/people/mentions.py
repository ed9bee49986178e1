"""Members named in a text by their seat, as members of the House of Commons refer to each other.

The forms are those of the Commons: "the hon. Member for Stourbridge (Cat Eccles)", "my right hon. and learned Friend
the Member for …" (Erskine May, Rules of behaviour and courtesies: members are not referred to by name but by their
constituency; Hansard adds the name in brackets).
"""

import re
from dataclasses import dataclass

_MENTION = re.compile(
    r"""
    \b(?:(?:[Tt]he|[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir)\s{1,8})?
    (?:
        (?:(?:[Rr]ight|[Rr]t\.?)\s{1,8})?
        [Hh]on(?:\.|ourable)?,?\s{1,8}
        (?:(?:and\s{1,8})?(?:learned|gallant|[Rr]everend)\s{1,8}){0,2}
        (?:(?:Friends?|Lady|Gentleman),?\s{1,8}the\s{1,8})?
    )?
    Member\s{1,8}for\s{1,8}
    (?P<constituency>[A-ZÀ-Ý][^()\[\]:;!?\d]{1,79}?)\s{0,8}
    \((?P<name>[A-ZÀ-Ý][^()\[\]:;!?\d]{1,79})\)
    """,
    re.VERBOSE,
)

_PARTICLES = frozenset("an and by de del der di in la le of on the under upon van von with y".split())
"""Words in small letters that stand inside the names of seats and people."""


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
    mentions = []
    for match in _MENTION.finditer(text):
        constituency, name = match["constituency"].split(), match["name"].split()
        if _is_proper(constituency) and _is_proper(name):
            mentions.append(Mention(match[0], " ".join(name), " ".join(constituency), match.start(), match.end()))
    return mentions


def _is_proper(words: list[str]) -> bool:
    """Whether the words read as one proper name, so that no clause slips in between the seat and a bracket."""
    return all(word[0].isupper() or word.rstrip(",") in _PARTICLES or word.startswith("h-") for word in words)
