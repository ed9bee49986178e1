"""Read from the words around a sum how exact it is, and whether it is a change."""

import re

WINDOW = 120
"""How many characters before and after a sum are read."""

_CUES: dict[str, str] = {
    "approx": r"around|about|approximately|approx\.?|nearly|almost|circa|ca?\.?|roughly|some|estimated(?: to be| at)?"
    r"|(?:in|within|of) the (?:region|order|range) of|close to|(?<!~)~",
    "at_least": r"over|more than|at least|in excess of|above|upwards? of|no(?:t)? (?:less|fewer) than|greater than"
    r"|higher than|exceed(?:s|ed|ing)?|(?:a )?minimum of|[>≥]",
    "at_most": r"up to|under|less than|no(?:t)? more than|maximum(?: [\w-]+){0,3}?(?: of| to| at)?"
    r"|maximum(?: [\w-]+){1,14}? is|max\.?|below|at most|fewer than|lower than|cap(?:ped)? (?:of|at)|limited to"
    r"|as much as|not (?:to )?exceed(?:ing)?|[<≤]",
}
_FILLER = (
    r"an?|additional|further|extra|total(?: of)?|new|record|combined|overall|another|amount(?:ing)?|annual"
    r"|average(?: of)?|of|between|possible|initial|estimated|one-off|the equivalent of"
)
_BEFORE = re.compile(
    r"(?<![\w’])(?:"
    + "|".join(f"(?P<{name}>{cue})" for name, cue in _CUES.items())
    + rf")(?:[\s(]+(?:{_FILLER}))*[\s(]*[“‘\"']?$",
    re.IGNORECASE,
)
_OTHER_SENSE = re.compile(
    r"\b(?:hand\w*|tak\w+|took|carr\w+|roll\w*|turn\w*|left|move\w*|brought|spread|all) over\s*$"
    r"|\b(?:br[io]\w+|information|talk\w*|what|question\w*) about\s*$",
    re.IGNORECASE,
)
_AFTER: dict[str, re.Pattern[str]] = {
    "at_least": re.compile(
        r"\s?\+|\s(?:or|and) (?:more|above|over|upwards?|greater|higher)\b(?! (?:than|to)?\s?£| than)", re.IGNORECASE
    ),
    "at_most": re.compile(
        r"\s(?:or|and) (?:less|below|under|lower|fewer)\b(?! £| than)|\s\(?max(?:imum)?\b", re.IGNORECASE
    ),
    "approx": re.compile(r"\sor so\b|\s\(?approx", re.IGNORECASE),
}
_SHARED = re.compile(r"\s(?:(?:in|for)\s(?:FY\s?)?[\d/–-]+,?\s)?(?:and|then)\s$")


_MEASURE_WORDS = (
    r"(?:up\sto|over|around|about|nearly|almost|approximately|more\sthan|an?|further|additional|another|just)"
)
_COORDINATED = re.compile(
    rf"\sand\sfor\s[^.;£,]{{3,60}}\s(?:is|was|are|were)\s$"
    rf"|\s(?:for|in|to)\s[^.;:£]{{2,70}}?,?\sand\s(?:{_MEASURE_WORDS}\s){{0,2}}$"
    rf"|(?:\s[^.;:,£()]{{2,50}})?\s\(?or\s(?:{_MEASURE_WORDS}\s){{0,2}}$"
    r"|;\s(?:and\s)?in\s[\d/–-]+,?\sit\s(?:rose|fell|was|increased|decreased|grew|dropped)\s(?:to\s)?"
    r"|(?:\s(?:at|on|for|in|to)\s[^.;:£]{2,70}?)?,?\s?(?:and\s)?\((?:[a-z]|[ivx]{1,4})\)\s$|,\s$"
)
_SERIES = re.compile(
    rf"\s(?:(?:in|for)\s|\()(?:FY\s?)?[\d/–-]{{4,9}}\)?,?\s(?:and\s)?(?:{_MEASURE_WORDS}\s){{0,4}}$"
    r"|\)[;,]\s(?:and\s)?[^£;:().]{2,60}\s\($"
)


def is_coordinated(gap: str) -> bool:
    """Return whether the words between two sums say the same of both: " and for piers the total is ", " for A and "."""
    return _COORDINATED.fullmatch(gap) is not None or is_series(gap)


def is_series(gap: str) -> bool:
    """Return whether two sums are of one list: only the year of the first is between, or "); Poole (" is."""
    return _SERIES.fullmatch(gap) is not None


_TAKING = re.compile(r"[^.;£]{0,120},\s(?:taking|bringing)\s(?:our|the|its|this|total|overall)\b[^.;£]{0,120}$")


def is_total_of(gap: str) -> bool:
    """Return whether the second of two sums is what the first is added to: ", taking the total to "."""
    return _TAKING.fullmatch(gap) is not None


_TOTAL_OF_MONEY = re.compile(r",\s(?:taking|bringing)\s(?:our\s|the\s|its\s|this\s)?(?:total|overall)\b")


def is_total_of_kind(gap: str) -> bool:
    """Return whether the second of two such sums is of the same kind: ", taking total funding to "."""
    return is_total_of(gap) and _TOTAL_OF_MONEY.search(gap) is not None


_TWO_KINDS = re.compile(rf"\s(?:of|in)\s(?:[\w-]+\s){{1,4}}and\s(?:{_MEASURE_WORDS}\s){{0,2}}$")
_BOTH = re.compile(rf"(?:(?!\b(?:from|through|via|under)\b)[^.;:£,]){{1,80}},?\sand\s(?:{_MEASURE_WORDS}\s){{0,3}}$")


def are_two_kinds(gap: str) -> bool:
    """Return whether two sums are two kinds of money for one purpose: " of capital and "."""
    return _TWO_KINDS.fullmatch(gap) is not None


def are_both(gap: str) -> bool:
    """Return whether two sums are said together, so that what comes after them may go with both: " for A and "."""
    return _BOTH.fullmatch(gap) is not None


def is_shared(gap: str) -> bool:
    """Return whether the words between two sums give both the same meaning: "… for 2024-25 and "."""
    return _SHARED.fullmatch(gap) is not None


def qualifier(before: str, surface: str, after: str) -> str:
    """Return exact, approx, at_least or at_most, from the words directly before and after a sum."""
    if "<" in surface or "≤" in surface:
        return "at_most"
    if ">" in surface or "≥" in surface:
        return "at_least"
    for name, pattern in _AFTER.items():
        if pattern.match(after):
            return name
    match = _BEFORE.search(before[-WINDOW:])
    if match is None or _OTHER_SENSE.search(before[-40:]):
        return "exact"
    return str(match.lastgroup)


_MEASURE = (
    r"an? the of by at up-to over more-than greater-than around about approximately approx\.? circa c\.? nearly almost"
    r" at-least at-most estimated some in-excess-of as-much-as just under less-than total further annual average"
    r" initial one.off record worth totalling between possible roughly in-the-region-of"
)
_WORDS_OF_MEASURE = r"(?:\s(?:" + "|".join(_MEASURE.split()).replace("-", r"\s") + "))*"
_RISE = (
    r"increases?|rises?|uplifts?|boosts?|cuts?|reductions?|decreases?|falls?|growth|top[-\s]?ups?|injections?|drops?"
)
_RISES = (
    r"increas(?:e|es|ed|ing)|rais(?:e|es|ed|ing)|ris(?:e|es|en|ing)|rose|reduc(?:e|es|ed|ing)|cut|cutting"
    r"|boost(?:ed|ing)?|uplift(?:ed|ing)?|lower(?:ed|ing)|grow|grew|grown|fall|fell|fallen|decreas(?:e|ed|ing)"
    r"|drop(?:ped)?|topped|up|down"
)
_INCREASE_BEFORE = re.compile(
    rf"""\b(?:
        (?:additional|further|extra|another)
        |(?:additional|further|extra|top-up)
            \s(?:(?!and\b|can\b|with\b|which\b|that\b)[\w-]+\s){{0,5}}?(?:of|worth|totalling|by)
        |(?:{_RISE})(?:\s(?:in|for|on|from|at|to(?!\san?\s(?:peak|total|level|maximum)))\b[^.;£]{{1,80}})?,?\s(?:of|by|worth|totalling)
        |(?:{_RISES})\b(?:\s[^.;£]{{1,90}})?\sby
        |(?:increase|uplift|rise|reduction|cut|boost)\s(?:was|is|equals|equates\sto|amounts\sto|will\sbe)
    ){_WORDS_OF_MEASURE}\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_A_GAP = "an?|the|to|for|and|will|is|was|by|from|with|on|that|which|as|has|have|or|at|it|in|being|having"
_INCREASE_AFTER = re.compile(
    rf"""(?:[\s-]per[\s-]\w+)?(?:\s\(\w+\))?
    (?:\s(?!(?:{_NOT_A_GAP})\b)[a-z][\w’/-]*|\sof|\sin|\s(?:a|per)\syear){{0,3}}?
    [\s-](?:{_RISE}|extra|additional|more(?!\s(?:to|than\s(?:once)))\b)\b(?!\s(?:homes|jobs|schools|places|programme|scheme))""",
    re.IGNORECASE | re.VERBOSE,
)


_NEW_MONEY = re.compile(
    r"\s(?:of|in)\snew\s(?:[\w-]+\s){0,2}(?:funding|money|investment|grant)\b[^.;]*?"
    r"\b(?:over\sand\sabove|increase|additional|extra|uplift|on\stop\sof)\b",
    re.IGNORECASE,
)
"""Matches new money that its sentence calls extra. New money alone need not be: it may replace an earlier grant."""


def is_increase(before: str, after: str) -> bool:
    """Return whether a sum is a change or an extra: "a further £5m", "£2m uplift", "cut by £1bn"."""
    return (
        _INCREASE_BEFORE.search(before[-WINDOW:]) is not None
        or _INCREASE_AFTER.match(after[:80]) is not None
        or _NEW_MONEY.match(after[:200]) is not None
    )
