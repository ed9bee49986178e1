"""The constructions that say without doubt what a sum is, before the model of `category` is asked.

A construction is a pattern of the words that end right before a sum, or of those that begin right after it. Each was
read against hand-labelled figures: it is kept only if it is nearly always right. The first that matches decides.
"""

import re

from orderpaper.enrichment.money.construction import Construction
from orderpaper.enrichment.money.constructions.giving import GIVING
from orderpaper.enrichment.money.constructions.others import OF_OTHERS
from orderpaper.enrichment.money.constructions.rates import RATES
from orderpaper.enrichment.money.constructions.spending import SPENDING
from orderpaper.enrichment.money.constructions.surest import SUREST

REACH = 160
"""How many characters before a sum a construction may begin."""
CONSTRUCTIONS = (*SUREST, *OF_OTHERS, *SPENDING, *RATES, *GIVING)


_NAME = re.compile(
    r"\b(?:[A-Z][\w’'&-]*:?\s(?:(?:of|for|and|in|to|on|the|&)\s){0,2}){1,8}?"
    r"(?P<head>Fund|Grants?|Programme|Scheme|Pilot|Package|Initiative|Facility|Challenge|Plan|Accelerator|Partnership|Strategy"
    r"|programme|scheme|fund|grant|pilot|competition)\b(?!\sof\scosts)"
)


def _without_names(text: str) -> str:
    """Return a text in which only the last word of a programme's name is left, because its words say nothing of a sum."""
    return _NAME.sub(lambda name: name["head"], text)


def find_construction(before: str, after: str) -> Construction | None:
    """Return the first construction that the words around a sum form, if any."""
    reached, following = before[-REACH:], after[:120].removeprefix(")")
    lowered = reached.lower()
    nameless = _without_names(reached), _without_names(following)
    for one in CONSTRUCTIONS:
        said_before, said_after = nameless if one.category in ("other", "spend") else (reached, following)
        if one.before and not (any(stem in lowered for stem in one.stems) and one.before.search(said_before)):
            continue
        if one.after and not one.after.match(said_after):
            continue
        if one.unless and (one.unless.search(before[-120:]) or one.unless.search(after[:40])):
            continue
        return one
    return None
