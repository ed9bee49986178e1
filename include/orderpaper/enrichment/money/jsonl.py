"""Read the sums of money in answers that come as lines of JSON: `orderpaper money`."""

import json
from dataclasses import asdict
from decimal import Decimal
from typing import Any, TextIO

from orderpaper.enrichment.money import Figure, find_figures
from orderpaper.errors import ConfigError


def write_figures(source: TextIO, target: TextIO) -> None:
    """Write the figures of each line of `source` as a line of JSON to `target`.

    Raises:
        ConfigError: a line is not a JSON object with `id` and a text `answer_text`; the message names the line.
    """
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise ConfigError(f"Line {number} is not JSON ({error}); write one JSON object a line.") from None
        if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("answer_text"), str):
            raise ConfigError(f'Line {number} needs "id" and a text "answer_text".')
        figures = [_as_json(figure) for figure in find_figures(row["answer_text"])]
        target.write(json.dumps({"id": row["id"], "figures": figures}, ensure_ascii=False) + "\n")


def _as_json(figure: Figure) -> dict[str, Any]:
    """Return a figure as JSON. Amounts are numbers; whole amounts have no decimal point."""
    return {key: _number(value) if isinstance(value, Decimal) else value for key, value in asdict(figure).items()}


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
