"""A construction: a rule that says what a sum is from the words that stand right before or right after it."""

import re
from dataclasses import dataclass

MEASURE = (
    r"(?:(?:an?|the|some|of|up\sto|over|around|about|approximately|nearly|almost|circa|c\.?|more\sthan"
    r"|less\sthan|at\sleast"
    r"|just|under|in\sexcess\sof|in\sthe\sregion\sof|total|totall?ing|further|additional|extra|estimated|worth"
    r"|maximum"
    r"|combined|record|initial|new|only|well|little|by|between)[\s(]+)*(?:ca?\.)?[(“‘]?"
)
IS = (
    r"(?:was|were|is|are|has\sbeen|have\sbeen|had\sbeen|will\sbe|would\sbe|of|at|to|to\sbe|totall?ed|totals?"
    r"|amount(?:s|ed)\sto)"
)
FEW = r"(?:[\w’'()/-]+,?\s){0,%d}?"
NOT_PUBLIC = (
    r"(?:average|typical|unit|mean|median|businesses|companies|traders?|consumers?|economy|society|country|landlords?"
    r"|industry|developers?|suppliers|living|employers?|productivity|per|capital|themselves"
    r"|low|each"
    r"|grants?|insur\w+|caps?|maximum(?!\sof)|eligible|constraint|system|households?|private|motorists|drivers)"
)


@dataclass(frozen=True, slots=True)
class Construction:
    """A rule: the category of a sum if `before` matches up to it and `after` matches from it."""

    name: str
    category: str
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    """Words of the sentence before the sum, or soon after it, with which the construction says nothing."""
    least: int = 0
    most: int | None = None
    """The smallest and the largest sum, in whole units, for which the construction holds."""
    stems: frozenset[str] = frozenset(("",))
    """How `before` can begin, in small letters: a text without any of these need not be searched."""


def _stems(pattern: str) -> tuple[str, ...]:
    """Return the letters with which a match of a pattern can begin; the empty string if they are not plain to see."""
    flat = pattern
    while flat != (flat := re.sub(r"\([^()]*\)", "", flat)):
        pass
    if "|" in flat:
        return ("",)
    group = re.match(r"\(\?(?:-i)?:((?:[^()]|\([^()]*\))*)\)(?![?*])", pattern)
    choices = re.sub(r"\([^()]*\)\??", "(", group[1]).split("|") if group else [pattern]
    return tuple(match[0] for choice in choices if (match := re.match(r"(?:[a-z](?![?*{]))*", choice.lower())))


def construction(
    name: str,
    category: str,
    before: str = "",
    after: str = "",
    *,
    unless: str = "",
    least: int = 0,
    most: int | None = None,
) -> Construction:
    """Return the rule whose patterns are given as text. `before` begins at a word and ends right before the sum."""
    flags = re.IGNORECASE
    return Construction(
        name,
        category,
        re.compile(rf"(?<![\w’-])(?:{before})$", flags) if before else None,
        re.compile(after, flags) if after else None,
        re.compile(rf"\b{unless}\b", flags) if unless else None,
        least,
        most,
        frozenset(_stems(before)) if before else frozenset(("",)),
    )
