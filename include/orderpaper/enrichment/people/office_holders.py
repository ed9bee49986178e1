"""Look up who held which office when in the seed `office_holder` of dbt, public facts with exact days.

The list helps to date a text that names an office with its holder. It is incomplete: an office or holder that it
lacks says nothing about the date.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from orderpaper.enrichment.words import lists

SEED = "office_holder"

_OTHER_NAMES = {
    "Prime Minister": ("PM",),
    "Chancellor of the Exchequer": ("Chancellor",),
    "Home Secretary": ("Secretary of State for the Home Department",),
    "Foreign Secretary": (
        "Secretary of State for Foreign and Commonwealth Affairs",
        "Secretary of State for Foreign, Commonwealth and Development Affairs",
    ),
    "Justice Secretary": ("Secretary of State for Justice",),
    "Defence Secretary": ("Secretary of State for Defence",),
    "Health Secretary": (
        "Secretary of State for Health",
        "Secretary of State for Health and Social Care",
        "Health and Social Care Secretary",
    ),
    "Education Secretary": ("Secretary of State for Education",),
    "Transport Secretary": ("Secretary of State for Transport",),
    "Immigration Minister": ("Minister for Immigration",),
    "Security Minister": ("Minister for Security",),
    "Mayor of London": ("London Mayor", "London mayor"),
}
"""Office in the list → other ways to print it."""
_NOT_IN_OFFICE = r"(?<![Ss]hadow )(?<![Ff]ormer )(?<![Tt]hen )(?<!ex-)(?<!Ex-)(?<![Dd]eputy )(?<![Ff]uture )"


@dataclass(frozen=True, slots=True)
class Term:
    """A person's term in an office, from `start_on` to `end_on`, both inclusive; None means that it has not ended."""

    office: str
    name: str
    start_on: dt.date
    end_on: dt.date | None
    confirmed_on: dt.date
    """The day up to which the term was checked. Of later days a term without an end says nothing."""

    def covers(self, day: dt.date) -> bool:
        """Return whether the person held the office on that day, as far as it was checked."""
        return self.start_on <= day <= (self.end_on or self.confirmed_on)


@cache
def office_terms() -> tuple[Term, ...]:
    """Return every term of the list."""
    return tuple(
        Term(
            office=row["office_text"],
            name=row["name"],
            start_on=dt.date.fromisoformat(row["start_on"]),
            end_on=dt.date.fromisoformat(row["end_on"]) if row["end_on"] else None,
            confirmed_on=dt.date.fromisoformat(row["confirmed_on"]),
        )
        for row in lists.read(SEED)
    )


@cache
def known_until() -> dt.date:
    """Return the last day on which a term was checked."""
    return max(term.confirmed_on for term in office_terms())


def office_names() -> tuple[str, ...]:
    """Return every name of an office of the list, the longest first."""
    names = {term.office for term in office_terms()} | {name for names in _OTHER_NAMES.values() for name in names}
    return tuple(sorted((name for name in names if " " in name), key=lambda name: (-len(name), name)))


def holders_named(text: str) -> list[list[Term]]:
    """Return the terms of every person whom `text` names together with an office that they held.

    "Home Secretary Sajid Javid", "the Home Secretary, Sajid Javid" and "Home Secretary Rt Hon Sajid Javid" count;
    "shadow", "former" and the like before the office do not. There is a list for each office and person, because a
    person may have held an office twice. White space in `text` is collapsed.
    """
    named: dict[tuple[str, str], list[Term]] = {}
    for term in office_terms():
        if term.name in text:
            named.setdefault((term.office, term.name), []).append(term)
    return [terms for (office, name), terms in named.items() if _is_named(text, office, name)]


def _is_named(text: str, office: str, name: str) -> bool:
    offices = "|".join(re.escape(printed) for printed in (office, *_OTHER_NAMES.get(office, ())))
    honorific = r"(?:(?:the )?(?:Rt|Right) Hon(?:ourable|\.)? )?(?:Sir |Dame )?"
    return re.search(rf"\b{_NOT_IN_OFFICE}(?:{offices}),? {honorific}{re.escape(name)}\b", text) is not None
