"""Measure the funding grammar on the blind samples of all months: right of all, right of read, and right of named.

usage: .venv/bin/python benchmarks/money_unseen.py DIRECTORY [--errors]

DIRECTORY holds the answers of each month as `<month>.sqlite`, as in data/raw/longform of the repository
mysociety/uk-parl-written-questions (a table Dict: question id → JSON). Labels of months that it does not hold are left
out.
"""

import json
import sqlite3
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from money_train import PROJECT, rows

from orderpaper.enrichment.money import Figure, find_figures
from orderpaper.reading.markup import html_to_text

LABELS = PROJECT / "tests" / "acceptance" / "data"
FILES = ("money_unseen_labels.jsonl", "money_latest_labels.jsonl")
MEANINGS, NAMES = ("category", "direction", "certainty", "period"), ("programme", "recipient")


def answers(directory: Path, month: str) -> dict[int, str]:
    """Return the HTML of the answers of a month by question id."""
    path = directory / f"{month}.sqlite"
    if not path.exists():
        return {}
    with sqlite3.connect(path) as stored:
        found = {int(key): json.loads(value) for key, value in stored.execute("select key, value from Dict")}
    return {key: row["answer_text"] for key, row in found.items() if row.get("answer_text")}


def is_right(label: str, read: str) -> bool:
    """Return whether a name is the one that is labelled, a longer one, a shorter one or its initials."""
    initials = "".join(word[0] for word in read.partition(" (")[0].split())
    return label in read or read in label or label.upper() == initials.upper()


def count(label: dict[str, Any], figure: Figure | None, counts: Counter[str]) -> list[str]:
    """Count what of a label the grammar reads, and return the fields that it reads otherwise."""
    wrong = []
    for name in MEANINGS:
        if name in label:
            right = figure is not None and getattr(figure, name) == label[name]
            counts[f"{name} all"] += 1
            counts[f"{name} right"] += right
            wrong += [] if right else [name]
    if figure is None or not label.get("category") == figure.category == "funding":
        return wrong
    for name in NAMES:
        if name in label:
            named, read = label[name], getattr(figure, name)
            right = bool(named and read) and is_right(named, read)
            counts[f"{name} named"] += named is not None
            counts[f"{name} read"] += read is not None
            counts[f"{name} right"] += right
            wrong += [name] if (named or read) and not right else []
    return wrong


def main() -> None:
    directory, months = Path(sys.argv[1]), dict[str, dict[int, str]]()
    for path in FILES:
        samples: dict[int, Counter[str]] = {}
        for label in rows(LABELS / path):
            html = months.setdefault(label["month"], answers(directory, label["month"])).get(label["id"])
            if html is None:
                continue
            text = html_to_text(html)
            figure = next((f for f in find_figures(text, html) if f.start == label["start"]), None)
            for name in count(label, figure, samples.setdefault(label["sample"], Counter())):
                if "--errors" in sys.argv:
                    said = text[max(0, label["start"] - 150) : label["start"] + 90].replace("\n", " / ")
                    sys.stdout.write(f"{name}: {label[name]} not {figure and getattr(figure, name)} | {said}\n")
        for number, counts in sorted(samples.items()):
            shares = [f"{n} {counts[f'{n} right'] / max(counts[f'{n} all'], 1):.3f}" for n in MEANINGS]
            shares += [
                f"{n} {counts[f'{n} right']}/{counts[f'{n} read']}, {counts[f'{n} right']}/{counts[f'{n} named']}"
                for n in NAMES
            ]
            sys.stdout.write(f"{path} {number}: {'  '.join(shares)}\n")


if __name__ == "__main__":
    main()
