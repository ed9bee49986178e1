"""Fit the weights of `orderpaper.enrichment.money.category` on hand-labelled figures, and cross-validate them.

usage: .venv/bin/python benchmarks/money_train.py [--errors] [--write]

Labels: ../shared/gold (80 answers) and tests/acceptance/data/money_*labels.jsonl (ids and spans in full-text answers of
../shared/data/written_questions). Documents that say nearly the same stay in one fold. `--write` fits on all labels
and replaces include/orderpaper/enrichment/money/category_weights.json; without it nothing is written.
"""

import json
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import optimize, sparse

from orderpaper.enrichment.money import Figure, category, read
from orderpaper.reading.markup import html_to_text

PROJECT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("ORDERPAPER_SHARED") or PROJECT.parent / "shared")
LABELS = PROJECT / "tests" / "acceptance" / "data" / "money_labels.jsonl"
BLIND = PROJECT / "tests" / "acceptance" / "data" / "money_blind_labels.jsonl"
LATER = PROJECT / "tests" / "acceptance" / "data" / "money_later_labels.jsonl"
WEIGHTS = PROJECT / "include" / "orderpaper" / "enrichment" / "money" / "category_weights.json"
RIDGE = 2.0
RAREST = 2
"""The least number of labelled figures in which a feature must occur to get a weight."""
FOLDS = 10


@dataclass(frozen=True)
class Labelled:
    """A labelled figure as the grammar reads it."""

    document: str
    label: dict[str, Any]
    figure: Figure
    features: dict[str, float]
    context: category.Sum
    words: frozenset[str]
    """The words around the figure, by which documents that say the same are found."""


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def answers() -> dict[int, str]:
    """Return the HTML of the full-text answers by question id."""
    found: dict[int, str] = {}
    for path in sorted((SHARED / "data" / "written_questions").glob("*.fulltext.jsonl")):
        for row in rows(path):
            if row.get("answer_text"):
                found.setdefault(row["id"], row["answer_text"])
    return found


def gold() -> list[Labelled]:
    texts = {row["id"]: row["answer_text"] for row in rows(SHARED / "gold" / "funding_input.jsonl")}
    found = []
    for row in rows(SHARED / "gold" / "funding_labels.jsonl"):
        text, position, spans = texts[row["id"]], 0, []
        for label in row["figures"]:
            start = text.index(label["before"] + label["surface"], max(0, position - 25)) + len(label["before"])
            position = start + len(label["surface"])
            spans.append((start, label))
        found += labelled(f"gold {row['id']}", text, None, spans)
    return found


def own(path: Path, name: str) -> list[Labelled]:
    """The labels of a file that have a category."""
    html = answers()
    spans: dict[int, list[tuple[int, dict[str, Any]]]] = {}
    for label in rows(path):
        if "category" in label:
            spans.setdefault(label["id"], []).append((label["start"], label))
    return [
        x
        for key, marked in spans.items()
        for x in labelled(f"{name} {key}", html_to_text(html[key]), html[key], marked)
    ]


def labelled(document: str, text: str, html: str | None, spans: Iterable[tuple[int, dict[str, Any]]]) -> list[Labelled]:
    figures = {figure.start: (figure, item) for figure, item in read(text, html)}
    found = []
    for start, label in spans:
        if start in figures:
            figure, item = figures[start]
            words = frozenset(re.findall("[a-z]{3,}", text[max(0, start - 150) : figure.end + 120].lower()))
            found.append(Labelled(document, label, figure, category.features(item), item, words))
    return found


def families(items: list[Labelled]) -> dict[str, str]:
    """Return the family of each document: the first document of those that state a figure in mostly the same words."""
    parent = {item.document: item.document for item in items}

    def root(document: str) -> str:
        while parent[document] != document:
            document = parent[document]
        return document

    for index, one in enumerate(items):
        for other in items[:index]:
            if len(one.words & other.words) > 0.5 * len(one.words | other.words):
                parent[root(one.document)] = root(other.document)
    return {document: root(document) for document in parent}


def vocabulary(items: list[Labelled]) -> list[str]:
    counts = Counter(name for item in items for name in item.features)
    return sorted(name for name, count in counts.items() if count >= RAREST)


def matrix(items: list[Labelled], names: list[str]) -> sparse.csr_matrix:
    column = {name: index for index, name in enumerate(names)}
    cells = [(r, column[n], v) for r, item in enumerate(items) for n, v in item.features.items() if n in column]
    r, c, v = zip(*cells, strict=True)
    return sparse.csr_matrix((v, (r, c)), shape=(len(items), len(names)))


def fit(items: list[Labelled], names: list[str]) -> np.ndarray:
    """Return the weights (features × categories) of a multinomial logistic regression with a ridge penalty."""
    seen = matrix(items, names)
    truth = np.array([[item.label["category"] == name for name in category.CATEGORIES] for item in items], float)
    shape = (len(names), len(category.CATEGORIES))

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(shape)
        scores = seen @ weights
        scores -= scores.max(axis=1, keepdims=True)
        chance = np.exp(scores)
        chance /= chance.sum(axis=1, keepdims=True)
        value = -np.sum(truth * np.log(chance + 1e-12)) + RIDGE / 2 * np.sum(weights**2)
        return value, (seen.T @ (chance - truth) + RIDGE * weights).ravel()

    found = optimize.minimize(
        loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200}
    )
    return found.x.reshape(shape)


def predict(items: list[Labelled], names: list[str], weights: np.ndarray) -> list[str]:
    """The category of each item: of the construction around it if there is one, or else by the weights."""
    best = (matrix(items, names) @ weights).argmax(axis=1)
    decided = [category.decided(item.context) for item in items]
    return [known[0] if known else category.CATEGORIES[i] for known, i in zip(decided, best, strict=True)]


def cross_validate(items: list[Labelled], seed: int) -> list[str]:
    """Return the category of each item, predicted with weights that were fitted without its family of documents."""
    family = families(items)
    roots = sorted(set(family.values()))
    random.Random(seed).shuffle(roots)
    fold = {root: index % FOLDS for index, root in enumerate(roots)}
    predicted = [""] * len(items)
    for number in range(FOLDS):
        train = [item for item in items if fold[family[item.document]] != number]
        held = [index for index, item in enumerate(items) if fold[family[item.document]] == number]
        names = vocabulary(train)
        for index, name in zip(held, predict([items[i] for i in held], names, fit(train, names)), strict=True):
            predicted[index] = name
    return predicted


def scores(items: list[Labelled], predicted: list[str]) -> dict[str, float]:
    """Return the accuracy of each field, and F1 of funding, for the labelled figures that the grammar found."""
    pairs = list(zip(items, predicted, strict=True))
    hit = sum(p == i.label["category"] == "funding" for i, p in pairs)
    guessed, real = sum(p == "funding" for p in predicted), sum(i.label["category"] == "funding" for i in items)
    result = {"figures": len(items), "category": sum(p == i.label["category"] for i, p in pairs) / len(items)}
    result["funding F1"] = 2 * hit / max(guessed + real, 1)
    for name in ("qualifier", "is_increase", "period"):
        result[name] = sum(getattr(i.figure, name) == i.label.get(name, getattr(i.figure, name)) for i in items) / len(
            items
        )
    return result


def main() -> None:
    items = gold() + own(LABELS, "own") + own(BLIND, "blind") + own(LATER, "later")
    runs = [cross_validate(items, seed) for seed in (1, 2, 3)]
    for title in ("gold", "own", "blind", "later"):
        keep = [item.document.startswith(title) for item in items]
        chosen = [item for item, k in zip(items, keep, strict=True) if k]
        tables = [scores(chosen, [p for p, k in zip(run, keep, strict=True) if k]) for run in runs]
        means = {name: sum(table[name] for table in tables) / len(tables) for name in tables[0]}
        sys.stdout.write(
            f"{title:12s}" + "  ".join(f"{n} {v:.4f}" if v <= 1 else f"{n} {v:.0f}" for n, v in means.items()) + "\n"
        )
    if "--errors" in sys.argv:
        for item, name in zip(items, runs[0], strict=True):
            if name != item.label["category"]:
                what = f"{item.document} {item.label['category']} not {name}: {item.figure.surface}"
                sys.stdout.write(f"{what} | {item.figure.sentence[:200]}\n")
    if "--write" in sys.argv:
        names = vocabulary(items)
        weights = np.round(fit(items, names), 2)
        kept = {name: row.tolist() for name, row in zip(names, weights, strict=True) if np.abs(row).max() >= 0.05}
        lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in kept.items())
        WEIGHTS.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
