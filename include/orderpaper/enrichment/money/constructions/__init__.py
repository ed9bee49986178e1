"""The constructions that say without doubt what a sum is, before the model of `category` is asked.

A construction is a pattern of the words that end right before a sum, or of those that begin right after it. Each was
read against hand-labelled figures: it is kept only if it is nearly always right. The first that matches decides.
"""

from decimal import Decimal

from orderpaper.enrichment.money.construction import Construction
from orderpaper.enrichment.money.constructions.giving import GIVING
from orderpaper.enrichment.money.constructions.others import OF_OTHERS
from orderpaper.enrichment.money.constructions.rates import RATES
from orderpaper.enrichment.money.constructions.spending import SPENDING
from orderpaper.enrichment.money.constructions.surest import SUREST
from orderpaper.enrichment.money.names import without_names

REACH = 160
"""How many characters before a sum a construction may begin."""
CONSTRUCTIONS = (*SUREST, *OF_OTHERS, *SPENDING, *RATES, *GIVING)
_STEMS = sorted({stem for one in CONSTRUCTIONS for stem in one.stems})


def find_construction(before: str, after: str, amount: Decimal) -> Construction | None:
    """Return the first construction that the words around a sum form, if any."""
    reached, following = before[-REACH:], after[:120].removeprefix(")")
    lowered = reached.lower()
    said = {stem for stem in _STEMS if stem in lowered}
    nameless = without_names(reached), without_names(following)
    size = abs(amount)
    for one in CONSTRUCTIONS:
        if size < one.least or (one.most is not None and size > one.most):
            continue
        said_before, said_after = nameless if one.category in ("other", "spend") else (reached, following)
        if one.before and (one.stems.isdisjoint(said) or not one.before.search(said_before)):
            continue
        if one.after and not one.after.match(said_after):
            continue
        if one.unless and (one.unless.search(before[-120:]) or one.unless.search(after[:40])):
            continue
        return one
    return None
