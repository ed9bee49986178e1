"""Find which of some kinds of words stands nearest to a sum."""

import re

from orderpaper.enrichment.money.category import Sum
from orderpaper.enrichment.money.tables import Labels

NEAR = 120
"""How many characters before and after a sum are read."""


def patterns(kinds: dict[str, str]) -> re.Pattern[str]:
    """Return a pattern of the words of all kinds; the name of the group that matches is the kind."""
    return re.compile(
        r"(?<![\w’-])(?:" + "|".join(f"(?P<{name}>{words})" for name, words in kinds.items()) + r")(?![\w’-])",
        re.IGNORECASE,
    )


def of_labels(cues: re.Pattern[str], labels: Labels) -> str | None:
    """Return the kind that the header of a cell's column gives, or else its row, or else the table's caption."""
    for label in (labels.column, labels.row, labels.caption):
        kinds = {match.lastgroup for match in cues.finditer(label)}
        if len(kinds) == 1:
            return kinds.pop()
    return None


def nearest(cues: re.Pattern[str], item: Sum, after_weight: float, reach: int = NEAR) -> str | None:
    """Return the kind of the cue nearest to a sum; words after it count as farther away by a factor."""
    before, after = item.before[-reach:], item.after[:reach]
    found = [(float(len(before) - m.end()), m.lastgroup) for m in cues.finditer(before)]
    found += [(after_weight * m.start(), m.lastgroup) for m in cues.finditer(after)]
    return min(found, key=_distance)[1] if found else None


def _distance(cue: tuple[float, str | None]) -> float:
    return cue[0]
