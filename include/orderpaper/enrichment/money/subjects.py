"""Find the noun that governs a sum: the subject of its clause.

"The value of investments affected is about £5m" is about a value, although "investments" stands nearer to the sum.
"""

import re
from decimal import Decimal

from orderpaper.enrichment.money.nouns import AMOUNTS_OF_OTHERS, PAYERS, VALUES

REACH = 250
"""How many characters before a sum are read."""
LEAST_OF_ALL = 1_000_000
"""From this sum on, in pounds, what companies or people pay is the sum of all of them; less may be what each pays."""

_CLOSED = (
    "of|for|to|in|on|from|by|between|across|during|since|at|with|under|over|through|via|into|per|as|that|which|who|where|when"
    "|and|or|than|within|among|towards|against|because|including|if"
    "|is|are|was|were|be|been|being|has|have|had|will|would|could|can|may|might|should|shall|must|do|does|did|also"
)
"""Words before which a noun phrase ends: prepositions, conjunctions and auxiliary verbs."""
_VERBS = (
    r"paid|pays?|spent|spends?|made|makes?|rose|fell|grew|stood|stands|saw|totals|amounts|generates|raises|saves|received?s?"
    r"|contributed?s?|invested|invests?|earned|earns?|lost|accounted|reached|totalled|amounted|exceeded"
)
_NEW_CLAUSE = re.compile(
    r"[;:—\t\n]|\.\s(?=[A-Z])|,\s(?:and|while|but|with|where|whereas|although)\s|\b(?:that|which|who)\s|\s–\s"
)
"""Matches where another clause begins."""
_RELATIVE = re.compile(r",\s(?:which|who|where)\s[^,£]{1,80},\s")
_ADVERBIAL = re.compile(
    r"(?:(?:In|For|During|At|By|Since|Under|On|As|From|Over|Through|Between|Of|With|Within|Following|Across|in|for|during|at|by|since)\b"
    r"[^,£]{0,80},\s|(?:Additionally|However|Also|So|In\saddition|Further),?\s)"
)
_SUBJECT = re.compile(
    rf"\s*(?:(?!(?:{_CLOSED}|{_VERBS})\b)[\w’'&()/%-]+,?\s){{0,6}}?"
    rf"(?P<noun>(?!(?:{_CLOSED}|{_VERBS})\b)[\w’'&-]+)\)?,?(?=\s(?:{_CLOSED}|{_VERBS})\b)"
)
_IS_SO_MUCH = re.compile(
    r"(?:\s[^£;]{0,160}?)?\s(?:was|were|is|are|has\sbeen|have\sbeen|will\sbe|would\sbe|stood\sat|stands\sat|totall?ed|totals|totalling"
    r"|amount(?:ed|s)\sto|accounted\sfor|reached|of|at|worth|exceed\w*)\s(?:(?!to\b)[\w.]+\s){0,4}?$"
)
"""Matches from a subject to a sum that says how much it is."""
_PAYS = re.compile(
    r"(?:\s[^£;,]{0,60}?)?\s(?:will|would|have|has|are|is|also|already|can|could|had)?\s?(?:pay|paid|paying|contribut\w+|invest\w*|sav(?:e|ed|ing)"
    r"|rais(?:e|ed|ing)|spend\w*|spent|deliver\w*|donat\w+|los[et]\w*|earn\w*|owe[ds]?|borrow\w*)\s(?:[\w.]+\s){0,4}?$"
)
_VALUED = re.compile(
    r"\b(?:is|are|was|were|been)\svalued\sat\s(?:(?:around|about|over|approximately|nearly|more|than)\s)*$"
)
_AMOUNT = re.compile(rf"(?:{AMOUNTS_OF_OTHERS}|{VALUES})$", re.IGNORECASE)
_PAYER = re.compile(rf"(?:{PAYERS})$", re.IGNORECASE)
_CONTRACT = re.compile(
    r"\b(?:contracts?|orders?|procure\w*|grants?|awards?|framework|tender\w*|lot|claims?|funding|works?|spend|spending|approved)\b",
    re.IGNORECASE,
)
"""Matches with a value that is what a public body pays or gives."""


def subject(before: str) -> tuple[str, str] | None:
    """Return the last word of the subject of the clause that ends with a sum, and the words from it to the sum.

    "The value of piers is £5m" → "value", " of piers is ".
    """
    near = _RELATIVE.sub(" ", before[-REACH:])
    clause = near[max((match.end() for match in _NEW_CLAUSE.finditer(near)), default=0) :]
    if opening := _ADVERBIAL.match(clause):
        clause = clause[opening.end() :]
    match = _SUBJECT.match(clause)
    return (match["noun"], clause[match.end() :]) if match else None


def is_of_others(before: str, amount: Decimal) -> bool:
    """Return whether the subject says that a sum is no public body's money to give or spend.

    It is an amount of another kind ("the value of piers is £5m"), or companies or people pay it.
    """
    if amount >= LEAST_OF_ALL and _VALUED.search(before) and not _CONTRACT.search(before[-REACH:]):
        return True
    found = subject(before)
    if found is None:
        return False
    noun, words = found
    if _AMOUNT.match(noun) and _IS_SO_MUCH.match(words):
        return not _CONTRACT.search(before[-REACH:])
    return amount >= LEAST_OF_ALL and _PAYER.match(noun) is not None and _PAYS.match(words) is not None
