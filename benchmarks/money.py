"""Compare the funding grammar with other programs that read money, by the gold labels, and measure its speed.

usage: make bench-money, or PYTHONPATH=<packages of benchmarks/requirements.txt> .venv/bin/python benchmarks/money.py

The plain regular expression is a simple baseline: a pound sign, a number, and an optional scale. Every sum is exact,
funding, no increase, without a period. price-parser and quantulum3 run only if they are installed, because the project
itself does not need them.
"""

import importlib
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from money_train import SHARED, answers, rows

from orderpaper.enrichment.money import find_figures
from orderpaper.enrichment.money.amounts import find_amounts
from orderpaper.reading.markup import html_to_text

Reader = Callable[[str], list[dict[str, Any]]]
COLUMNS = (
    "amount_precision", "amount_recall", "amount_f1", "funding_f1", "category_accuracy", "qualifier_accuracy",
    "is_increase_accuracy", "period_accuracy",
)  # fmt: skip
PLAIN = re.compile(r"£\s?(\d[\d,]*(?:\.\d+)?)\s?(thousand|million|billion|trillion|bn|m|k)?\b", re.IGNORECASE)
SCALES = {
    "thousand": 10**3,
    "k": 10**3,
    "million": 10**6,
    "m": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
}
SUM = re.compile(r"£\s?[\d.,]*\d(?:\s?(?:thousand|million|billion|trillion|bn|m|k)\b)?", re.IGNORECASE)


def figure(amount: float, currency: str = "GBP") -> dict[str, Any]:
    """Return a sum without a known meaning, in the scorer's format."""
    meaning = {"qualifier": "exact", "category": "funding", "is_increase": False, "period": None}
    return {"amount_low": amount, "amount_high": amount, "currency": currency, **meaning}


def order_paper(text: str) -> list[dict[str, Any]]:
    fields = ("amount_low", "amount_high", "currency", "qualifier", "category", "is_increase", "period")
    found = [{name: getattr(f, name) for name in fields} for f in find_figures(text)]
    return [{k: float(v) if isinstance(v, Decimal) else v for k, v in f.items()} for f in found]


def plain_expression(text: str) -> list[dict[str, Any]]:
    return [figure(float(m[1].replace(",", "")) * SCALES.get((m[2] or "").lower(), 1)) for m in PLAIN.finditer(text)]


def price_parser_reader() -> Reader:
    price = importlib.import_module("price_parser").Price

    def read(text: str) -> list[dict[str, Any]]:
        """Read each "£…" with its scale word alone, because price-parser reads one price from a string."""
        found = [price.fromstring(match[0]).amount_float for match in SUM.finditer(text)]
        return [figure(amount) for amount in found if amount is not None]

    return read


def quantulum_reader() -> Reader:
    parser = importlib.import_module("quantulum3.parser")

    codes = {"pound sterling": "GBP", "euro": "EUR", "dollar": "USD", "cent": "USD"}

    def read(text: str) -> list[dict[str, Any]]:
        found = [quantity for quantity in parser.parse(text) if quantity.unit.entity.name == "currency"]
        return [figure(quantity.value, codes.get(quantity.unit.name, "GBP")) for quantity in found]

    return read


def score(read: Reader) -> dict[str, float]:
    """Return the scorer's report on a program that read the gold answers."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predictions.jsonl"
        texts = rows(SHARED / "gold" / "funding_input.jsonl")
        lines = [json.dumps({"id": row["id"], "figures": read(row["answer_text"])}) for row in texts]
        path.write_text("\n".join(lines), encoding="utf-8")
        scorer = [
            sys.executable,
            str(SHARED / "gold" / "score.py"),
            str(SHARED / "gold" / "funding_labels.jsonl"),
            str(path),
        ]
        return json.loads(subprocess.run(scorer, capture_output=True, text=True, check=True).stdout.splitlines()[-1])


def per_second(read: Callable[[str], object], texts: list[str]) -> float:
    """Return the number of texts for each second of processor time, the best of three passes."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            read(text)
        best = min(best, time.process_time() - start)
    return len(texts) / best


def main() -> None:
    readers: dict[str, Callable[[], Reader]] = {
        "Order Paper": lambda: order_paper,
        "plain expression": lambda: plain_expression,
        "price-parser": price_parser_reader,
        "quantulum3": quantulum_reader,
    }
    modules = {"price-parser": "price_parser", "quantulum3": "quantulum3"}
    if (SHARED / "gold").is_dir():
        sys.stdout.write(
            "Gold answers\n" + f"{'':18s}" + "".join(f"{c.removesuffix('_accuracy'):>18s}" for c in COLUMNS) + "\n"
        )
        for name, make in readers.items():
            if name in modules and importlib.util.find_spec(modules[name]) is None:
                sys.stdout.write(f"{name:18s}not installed\n")
                continue
            report = score(make())
            sys.stdout.write(f"{name:18s}" + "".join(f"{report[column]:18.4f}" for column in COLUMNS) + "\n")
    texts = [html_to_text(html) for html in answers().values()]
    if not texts:
        sys.stdout.write(f"No written answers at {SHARED}: throughput was not measured.\n")
        return
    sys.stdout.write(f"\nThroughput on {len(texts)} written answers, one core\n")
    for name, reader in (("grammar", find_amounts), ("whole", find_figures)):
        sys.stdout.write(f"{name:18s}{per_second(reader, texts):10.0f} answers/s\n")
    start = time.process_time()
    find_figures("£" + "1," * 500_000)
    sys.stdout.write(f"{'1 MB of £1,1,1…':18s}{time.process_time() - start:10.2f} s\n")


if __name__ == "__main__":
    main()
