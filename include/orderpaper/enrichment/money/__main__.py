"""Read figures out of answers: `python -m orderpaper.enrichment.money < answers.jsonl > figures.jsonl`.

Reads a JSON object a line with `id` and `answer_text`; writes one with `id` and `figures`, in the same order.
"""

import json
import sys
from dataclasses import asdict
from decimal import Decimal
from typing import Any, TextIO

from orderpaper.enrichment.money import Figure, find_figures


def main(source: TextIO, target: TextIO) -> None:
    """Answer every line of `source` with a line on `target`.

    Raises:
        ValueError: a line is not a JSON object with `id` and a text `answer_text`; the message names the line.
    """
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise ValueError(f"Line {number} is not JSON ({error}); write one JSON object a line.") from None
        if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("answer_text"), str):
            raise ValueError(f'Line {number} needs "id" and a text "answer_text".')
        figures = [_as_json(figure) for figure in find_figures(row["answer_text"])]
        target.write(json.dumps({"id": row["id"], "figures": figures}, ensure_ascii=False) + "\n")


def _as_json(figure: Figure) -> dict[str, Any]:
    """A figure as JSON: amounts are numbers, whole ones without a decimal point."""
    return {key: _number(value) if isinstance(value, Decimal) else value for key, value in asdict(figure).items()}


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


if __name__ == "__main__":
    try:
        main(sys.stdin, sys.stdout)
    except (ValueError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
