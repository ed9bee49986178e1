"""Find the members whom a text names as members refer to each other: by seat, by title, by office.

The forms of the Commons: "the hon. Member for Stourbridge (Cat Eccles)", "my right hon. and learned Friend the Member
for …", "the Home Secretary" (Erskine May, Rules of behaviour and courtesies: members are not referred to by name but by
their constituency or office; Hansard adds the name in brackets). The forms of the Lords: "my noble friend Lord X of Y",
"the noble Baroness, Lady X", "the right reverend Prelate the Bishop of X" (Companion to the Standing Orders, References
to members of the House).
"""

import re
from dataclasses import dataclass

from orderpaper.enrichment.people.office_holders import office_names

_LETTERS = r"[^\W\d_]"
_PARTICLE = rf"(?:an|and|by|de|del|der|di|in|la|le|of|on|the|under|upon|van|von|with|y|h-{_LETTERS}{{1,30}})\b"
"""Lower-case words inside the names of seats and people ("Na h-Eileanan an Iar")."""
_SEAT_WORD = rf"(?:St\.|[A-ZÀ-Ý](?:{_LETTERS}|[’'\-]){{0,30}})"
_NAME_WORD = rf"[A-ZÀ-Ý](?:{_LETTERS}|[’'\-]){{0,30}}\.?"
_BY_SEAT = re.compile(
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
_BY_TITLE = re.compile(
    rf"""
    \b(?:[Tt]he|[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir)\s{{1,8}}
    (?:(?:right\s{{1,8}}reverend|(?:right\s{{1,8}}hon(?:\.|ourable)\s{{1,8}})?noble)\s{{1,8}}
    (?:and\s{{1,8}}(?:learned|gallant|right\s{{1,8}}reverend)\s{{1,8}}){{0,2}})
    (?:[Ff]riends?|Lord|Lady|Baroness|Earl|Countess|Viscount|Viscountess|Marquess|Duke|[Pp]relate),?\s{{1,8}}
    (?:the\s{{1,8}})?
    (?P<name>
        (?:Lord|Lady|Baroness|Earl|Countess|Viscount|Viscountess|Marquess|Duke|(?:Lord\s{{1,8}})?(?:Arch)?[Bb]ishop)
        (?:\s{{1,8}}of)?\s{{1,8}}{_SEAT_WORD}
        (?:[ -]{_SEAT_WORD}){{0,2}}
        (?:\s{{1,8}}(?:of|in|and)\s{{1,8}}(?:the\s{{1,8}}|St\s{{1,8}})?{_SEAT_WORD}
            (?:\s{{1,8}}(?:upon|under|le|cum|on)?\s{{0,8}}{_SEAT_WORD}){{0,3}})?
    )
    """,
    re.VERBOSE,
)
"""A peer after a courtesy of the Lords. A word after "and" may be a territory or another person."""
_OFFICE_NAMES = tuple(name for name in office_names() if not name.startswith("Mayor"))
_OFFICES = "|".join(map(re.escape, _OFFICE_NAMES))
_BY_OFFICE = re.compile(rf"(?<!To ask )\b[Tt]he (?P<post>{_OFFICES})\b(?! of\b)")
"""An office that one member holds. Mayors and shadow offices are not included, nor an office that is addressed."""

_PATTERNS = (
    (_BY_SEAT, ("Member",)),
    (_BY_TITLE, ("noble", "reverend")),
    (_BY_OFFICE, _OFFICE_NAMES),
)
"""Each pattern, and words of which every match has one. Looking for them is much faster than matching."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a member by name, by name and seat, or by office. `as_printed` is `text[start:end]`; the parts have
    their white space collapsed.
    """

    as_printed: str
    start: int
    end: int
    name: str | None = None
    constituency: str | None = None
    post: str | None = None


def find_mentions(text: str) -> list[Mention]:
    """Return every member whom `text` names by seat and bracketed name, by a peer's title, or by office, in order.

    There may be double spaces and line ends. A seat without a name in brackets is not a mention, because nothing then
    marks the end of the seat's name.
    """
    patterns = [pattern for pattern, words in _PATTERNS if any(word in text for word in words)]
    matches = [match for pattern in patterns for match in pattern.finditer(text)]
    return [_mention(match) for match in sorted(matches, key=lambda match: match.start())]


def _mention(match: re.Match[str]) -> Mention:
    parts = {part: " ".join(words.split()) for part, words in match.groupdict().items() if words}
    return Mention(as_printed=match[0], start=match.start(), end=match.end(), **parts)
