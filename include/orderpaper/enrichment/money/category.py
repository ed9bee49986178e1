"""Classify a sum of money as funding, spend, rate or other.

Constructions and labels that leave no doubt decide first (`constructions`, `labels`). For the rest, the classifier is
a linear model of the cue words around a sum (`cues.CUES`), their distance from it, and its size.
`benchmarks/money_train.py` fitted the weights to hand-labelled figures. Every decision is a sum of named features, and
`classify` returns those that counted most.
"""

import json
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources

from orderpaper.enrichment.money import cues, subjects
from orderpaper.enrichment.money.constructions import find_construction
from orderpaper.enrichment.money.labels import find_label, is_band
from orderpaper.enrichment.money.names import without_names
from orderpaper.enrichment.money.tables import Labels

CATEGORIES = ("funding", "spend", "rate", "other")
WINDOW_BEFORE, WINDOW_AFTER, WINDOW_PREVIOUS = 250, 200, 250
"""How many characters before and after a sum, and of the previous sentence, are read."""
LEAST_WORDS = 4
"""An item of a list with fewer words before its sum is read together with the introduction of the list."""
REACH = 45
"""The distance from the sum, in characters, at which a cue counts half."""

_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_FILLERS = re.compile(
    r"[\s,(]*(?:(?:an?|the|of|in|to|up|over|more|than|at|least|around|about|approximately|nearly|almost|circa|some|further"
    r"|additional|extra|new|total|just|under|initial|is|was|be|by|worth|and)[\s(]+)*"
)
"""The words that may stand between a sum and its cue."""
_EACH = re.compile(
    r"\b(?:average\sof|up\sto|each|them|typically)\b[^£]*£|£\s?(?:a\s(?:year|month|week)|per|each|on\saverage)\b"
)
"""Matches a sum that is for each one."""
_AT_MOST = re.compile(r"\b(?:up\sto|maximum|unlimited|of\s(?:either|the\shigher))\b", re.IGNORECASE)
LEAST_OF_ALL = 50_000
"""A saving below it, in pounds, may be that of each one; fines above it are those of many."""
LEAST_OF_NO_RATE = 10_000_000
"""In pounds: an amount for each one is less, unless a construction says that it is a threshold."""
_SAYS_NOTHING = ("bias", "qualifier exact")
"""Features that every sum or nearly every sum has."""
_LABEL = re.compile(r"[^.;:£]{0,150}(?::|\s[-–—])\s*(?:c\.|circa|approximately|around)?\s*")
"""Matches the words of an item that are only a label: "Clean quays, Ayton: "."""
_LIST_MARK = re.compile(r"(?<![\w(])\((?:[a-z]|[ivx]{1,4})\)\s?")
"""Matches "(a)" and "(iv)", which part the sums of a question."""
_NAME = re.compile(
    r"\b[A-Z]\w+ (?:Fund|Grant|Programme|Scheme|Initiative|Package|Plan|Deal|Facility|Settlement)\b(?! of costs)"
)
_WEIGHTS: dict[str, list[float]] = json.loads(
    resources.files("orderpaper.enrichment.money").joinpath("category_weights.json").read_text(encoding="utf-8")
)
"""Feature → weight for each of CATEGORIES."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The context of a sum that the model reads."""

    before: str
    """The sentence up to the sum, after the labels of its table cell."""
    after: str
    previous: str
    """The previous sentence."""
    amount: Decimal
    surface: str
    currency: str
    qualifier: str
    is_increase: bool
    has_period: bool
    labels: Labels | None
    """The labels of its table cell, if it stands in a table."""
    introduction: str = ""
    """The introduction of its list, if the item says little itself."""


def says_little(before: str) -> bool:
    """Return whether an item of a list only names a thing before its sum, so that its introduction is read with it."""
    return len(_WORD.findall(before)) < LEAST_WORDS or _LABEL.fullmatch(before) is not None


def around(before: str, after: str, previous: str, lead: str | None, labels: Labels | None) -> tuple[str, str, str]:
    """Return the parts of a text that are read. The labels of a table cell come before it.

    The introduction of a list comes before an item that says little itself ("2023-24 – £5m").
    """
    before, after, previous = before[-WINDOW_BEFORE:], after[:WINDOW_AFTER], previous[-WINDOW_PREVIOUS:]
    before, after = _LIST_MARK.sub("", before), _LIST_MARK.sub("", after)
    if lead and says_little(before):
        before = f"{lead[-160:]} {before}"
    if labels:
        before = f"{labels.caption[-160:]} {labels.column} {labels.row} {before[-60:]}"
    return before, after, previous


def features(item: Sum) -> dict[str, float]:
    """Return the features of a sum, each with its strength from 0 to 1."""
    found: dict[str, float] = {"bias": 1.0}
    size = "small" if abs(item.amount) < 50_000 else "middling" if abs(item.amount) < 1_000_000 else "large"

    def add(name: str, strength: float = 1.0) -> None:
        found[name] = max(found.get(name, 0.0), strength)

    named_before, named_after = without_names(item.before), without_names(item.after)
    before = _located(named_before)
    for _, end, cue in before:
        strength = 1 / (1 + (len(named_before) - end) / REACH)
        add(f"before {cue}", strength)
        add(f"before any {_group(cue)}", strength)
    if before:
        _, _, cue = max(before, key=lambda c: (c[1], c[1] - c[0]))
        add(f"last before {cue}")
        add(f"last before any {_group(cue)}")
        add(f"last before any {_group(cue)}, {size}")
        if _FILLERS.fullmatch(named_before, max(end for _, end, _ in before)):
            add(f"right before {cue}")
            add(f"right before any {_group(cue)}")
    after = _located(named_after)
    for start, _, cue in after:
        strength = 1 / (1 + start / REACH)
        add(f"after {cue}", strength)
        add(f"after any {_group(cue)}", strength)
    if after:
        _, _, cue = min(after, key=lambda c: (c[0], c[0] - c[1]))
        add(f"next after {cue}")
        add(f"next after any {_group(cue)}")
        add(f"next after any {_group(cue)}, {size}")
        if _FILLERS.fullmatch(named_after, 0, min(start for start, _, _ in after)):
            add(f"right after {cue}")
            add(f"right after any {_group(cue)}")
    for _, _, cue in _located(item.previous):
        add(f"previous {cue}", 0.4)
        add(f"previous any {_group(cue)}", 0.4)
    add(f"size {size}")
    add(f"size 10^{min(max(item.amount.adjusted(), 0), 10) if item.amount else 0}")
    add(f"qualifier {item.qualifier}", 0.5)
    for name, holds, strength in (
        ("programme before", _NAME.search(item.before), 1.0),
        ("programme after", _NAME.search(item.after), 1.0),
        ("pence", re.search(r"\d\.\d\d$", item.surface), 1.0),
        ("table", item.labels, 1.0),
        ("first in sentence", not item.before.strip(), 1.0),
        ("increase", item.is_increase, 0.5),
        ("period", item.has_period, 0.5),
        ("foreign currency", item.currency != "GBP", 1.0),
    ):
        if holds:
            add(name, strength)
    return found


def classify(item: Sum) -> tuple[str, str]:
    """Return the category of a sum and what decided it.

    A construction or a label that leaves no doubt comes first. Otherwise the words that counted most in the model are
    named: "model: last before funding.award, …".
    """
    return decided(item) or _by_model(item)


def decided(item: Sum) -> tuple[str, str] | None:
    """Return the category that a construction or a table's label gives without doubt, and its name."""
    if item.labels:
        if is_band(item.surface, item.labels.column, item.labels.row):
            return "rate", "band of a table"
        return find_label(item.labels.column, item.labels.row, item.labels.caption)
    construction = find_construction(item.before, item.after, item.amount)
    if construction:
        kind = _by_size(construction.name, item)
        return kind or construction.category, f"construction: {construction.name}"
    if subjects.is_of_others(item.before, item.amount):
        return "other", "subject: money of others"
    return find_label(item.introduction, "", "") if item.introduction else None


def _by_size(name: str, item: Sum) -> str | None:
    """Return the category of what each one saves, and of all fines together, which only the size of the sum tells."""
    if name == "saving" and abs(item.amount) < LEAST_OF_ALL and _EACH.search(f"{item.before[-30:]}£{item.after[:12]}"):
        return "rate"
    if name == "fine" and item.amount >= LEAST_OF_ALL and not _AT_MOST.search(item.before[-90:]):
        return "other"
    return None


def _by_model(item: Sum) -> tuple[str, str]:
    found = features(item)
    scores = [0.0] * len(CATEGORIES)
    for name, strength in found.items():
        for index, weight in enumerate(_WEIGHTS.get(name, ())):
            scores[index] += strength * weight
    if abs(item.amount) >= LEAST_OF_NO_RATE:
        scores[CATEGORIES.index("rate")] = -math.inf
    best = max(range(len(CATEGORIES)), key=scores.__getitem__)
    counted = sorted(
        ((strength * _WEIGHTS[name][best], name) for name, strength in found.items() if name in _WEIGHTS), reverse=True
    )
    named = [name for value, name in counted if value > 0 and name not in _SAYS_NOTHING]
    return CATEGORIES[best], "model: " + (", ".join(named[:3]) or "no word near the sum says so")


def _group(cue: str) -> str:
    """Return the category for which a cue was written."""
    return cue.partition(".")[0]


def _located(text: str) -> list[tuple[int, int, str]]:
    """Return the cues in a text with their places."""
    matches = list(_WORD.finditer(text))
    words = [match[0].lower().replace("’", "'") for match in matches]
    return [(matches[first].start(), matches[last - 1].end(), cue) for first, last, cue in cues.find_cues(words)]
