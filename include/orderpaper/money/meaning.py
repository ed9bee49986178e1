"""What a sum's own words say of it: how exact it is, and whether it is itself a change."""

import re

WINDOW = 120
"""Characters either side of a sum in which its qualifier and its being an increase are looked for."""

_QUALIFIERS: dict[str, str] = {
    "approx": r"around|about|approximately|approx\.?|nearly|almost|circa|ca?\.?|roughly|some|estimated(?: to be| at)?"
    r"|(?:in|within|of) the (?:region|order|range) of|close to|or so|~|just (?:under|below|short of)?",
    "at_least": r"over|more than|at least|in excess of|above|upwards? of|no(?:t)? (?:less|fewer) than|greater than"
    r"|higher than|exceed(?:s|ed|ing)?|(?:a )?minimum(?: of)?|well over|>",
    "at_most": r"up to|under|less than|no(?:t)? more than|(?:a |the )?maximum(?: \w+){0,3}?(?: of| to| at| is)?|max\.?|below|at most|fewer than"
    r"|lower than|cap(?:ped)? (?:of|at)|(?:upper |overall )?(?:limit|ceiling) of|limited to|as much as|not (?:to )?exceed(?:ing)?|<",
}
_FILLER = (
    r"an?|additional|further|extra|total(?: of)?|new|record|combined|overall|another|amount(?:ing)?|annual|average(?: of)?"
    r"|of|between|possible|initial|estimated|one-off|the equivalent of"
)
_BEFORE = re.compile(
    r"(?<![\w’])(?:"
    + "|".join(f"(?P<{name}>{cue})" for name, cue in _QUALIFIERS.items())
    + rf")(?:[\s(]+(?:{_FILLER}))*[\s(]*[“‘\"']?$",
    re.IGNORECASE,
)
_NOT_OVER = re.compile(
    r"\b(?:hand\w*|tak\w+|took|carr\w+|roll\w*|turn\w*|left|move\w*|brought|spread|spent|all) over\s*$", re.IGNORECASE
)
_NOT_ABOUT = re.compile(
    r"\b(?:brought|bring\w*|information|talk\w*|what|question\w*) about\s*$|\b(?:and|or|for|of) some of the\s*$",
    re.IGNORECASE,
)
_AFTER: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "at_least",
        re.compile(r"\s?\+|\s(?:or|and) (?:more|above|over|upwards?|greater|higher)\b|\splus\b(?! \w)", re.IGNORECASE),
    ),
    ("at_most", re.compile(r"\s(?:or|and) (?:less|below|under|lower|fewer)\b|\s\(?max(?:imum)?\b", re.IGNORECASE)),
    ("approx", re.compile(r"\sor so\b|\s\(?approx", re.IGNORECASE)),
)


def qualifier(before: str, surface: str, after: str) -> str:
    """exact | approx | at_least | at_most, from the words right before and right after a sum."""
    if "<" in surface:
        return "at_most"
    if ">" in surface:
        return "at_least"
    for name, pattern in _AFTER:
        if pattern.match(after):
            return name
    match = _BEFORE.search(before[-60:])
    if match is None or _NOT_OVER.search(before) or _NOT_ABOUT.search(before):
        return "exact"
    return str(match.lastgroup)


_AMOUNT_WORDS = (
    r"(?:an?|the|of|by|up to|over|more than|around|about|approximately|approx\.?|circa|c\.?|nearly|almost|at least|at most|estimated|some"
    r"|in excess of|as much as|just|under|less than|a total of|total|further|annual|average|initial|one-off|record|worth|totalling|between|possible|roughly|in the region of|an average of)"
)
_RISE = r"increases?|rises?|uplifts?|boosts?|cuts?|reductions?|decreases?|falls?|growth|top[- ]?ups?|injections?|drops?|savings? increase"
_INCREASE_BEFORE = re.compile(
    rf"""\b(?:
        (?:additional|further|extra|another|new)(?:\s{_AMOUNT_WORDS})*
        |(?:additional|further|extra|new|increased|top-up)\s(?:[\w-]+\s){{1,5}}?(?:of|worth|totalling|by)(?:\s{_AMOUNT_WORDS})*
        |(?:{_RISE})(?:\s(?:in|to|for|on|from|at)\b[^.;£]{{1,80}})?,?\s(?:of|by|worth|totalling)(?:\s{_AMOUNT_WORDS})*
        |(?:increas|rais|ris|reduc|cut|boost|uplift|lower|grow|grew|rose|fall|fell|decreas|drop|top|up)\w*\b(?:\s[^.;£]{{1,90}})?\sby(?:\s{_AMOUNT_WORDS})*
        |(?:increase|uplift|rise|reduction|cut|boost)\s(?:was|is|equals|equates\sto|amounts\sto|will\sbe)(?:\s{_AMOUNT_WORDS})*
    )\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_GAP = r"(?:\s(?!to\b|for\b|and\b|will\b|is\b|was\b|by\b|from\b|with\b|on\b|that\b|which\b|as\b|has\b|have\b|or\b|at\b|\w+ing\b)[\w’/-]+){0,3}?"
_INCREASE_AFTER = re.compile(
    rf"\s?(?:\(\w+\)\s)?{_GAP}[\s-](?:{_RISE}|extra|additional|new|additionally)\b(?!\s(?:homes|jobs|schools|places))|\s(?:of |in )?(?:more|extra)\b(?! to\b)|\suplift",
    re.IGNORECASE,
)


def is_increase(before: str, after: str) -> bool:
    """Whether a sum is itself the change or the extra: "a further £5m", "£2m uplift", "cut by £1bn"."""
    if _INCREASE_BEFORE.search(before[-WINDOW:]):
        return True
    return _INCREASE_AFTER.match(after[:80]) is not None
