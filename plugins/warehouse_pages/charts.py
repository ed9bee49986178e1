"""Small charts as SVG, made on the server. Every value is also the text of a `<title>`, which a browser shows on hover.

A chart is stretched to the width that it has, so its words stand beside it in HTML.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

Values = Sequence[float | None]
Format = Callable[[float], str]

_COLUMN = Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{}</title></rect>')
WIDTH, HEIGHT = 600, 120
LINE_WIDTH, LINE_HEIGHT = 160, 32


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of columns with the words around it."""

    svg: Markup
    top: str
    """The value at the upper edge."""
    first: str
    last: str
    """The labels of the first and the last column."""
    legend: list[tuple[str, str]]
    """The class and the name of each series; empty if there is one only."""


def columns(series: dict[str, tuple[str, Values]], labels: Sequence[str], form: Format, title: str) -> Chart:
    """Return a chart with a column for each label, in which the series are stacked.

    Args:
        series: name → the class that gives it its colour, and a value for each label.
        labels: what each column stands for.
        form: how a value is written.
        title: what the chart shows, for those who do not see it.
    """
    count = max(len(labels), 1)
    totals = [sum(values[index] or 0 for _, values in series.values()) for index in range(len(labels))]
    top = max(totals, default=0) or 1
    step = WIDTH / count
    parts = []
    for index, label in enumerate(labels):
        bottom = float(HEIGHT)
        for name, (css, values) in series.items():
            value = values[index]
            if value is None:
                continue
            # A value that is small beside the others can still be seen and pointed at.
            height = max(value / top * HEIGHT, 1.5) if value else 0
            bottom -= height
            hint = f"{label}: {form(value)}" if len(series) == 1 else f"{label}: {name} {form(value)}"
            parts.append(_COLUMN.format(css, (index + 0.1) * step, bottom, step * 0.8, height, hint))
    svg = Markup(
        '<svg class="columns" role="img" aria-label="{}" viewBox="0 0 {} {}" preserveAspectRatio="none">{}</svg>'
    ).format(title, WIDTH, HEIGHT, Markup("").join(parts))
    legend = [(css, name) for name, (css, _) in series.items()] if len(series) > 1 else []
    return Chart(svg, form(top), labels[0] if labels else "", labels[-1] if labels else "", legend)


def line(values: Values, labels: Sequence[str], form: Format, title: str) -> Markup:
    """Return a line without axes, small enough for a cell of a table."""
    known = [value for value in values if value is not None]
    if not known:
        return Markup("")
    low, high = min(known), max(known)
    step = LINE_WIDTH / max(len(values) - 1, 1)

    def height(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return LINE_HEIGHT - 4 - share * (LINE_HEIGHT - 8)

    points = [(index * step, height(value)) for index, value in enumerate(values) if value is not None]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    hints = Markup("").join(
        Markup('<rect class="hint" x="{:.1f}" y="0" width="{:.1f}" height="{}"><title>{}</title></rect>').format(
            index * step - step / 2, step, LINE_HEIGHT, f"{label}: {form(value)}"
        )
        for index, (label, value) in enumerate(zip(labels, values, strict=True))
        if value is not None
    )
    return Markup(
        '<svg class="line" role="img" aria-label="{}" viewBox="0 0 {} {}"><polyline points="{}"/>'
        '<circle cx="{:.1f}" cy="{:.1f}" r="2.5"/>{}</svg>'
    ).format(title, LINE_WIDTH, LINE_HEIGHT, path, *points[-1], hints)


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a calendar."""

    day: dt.date
    css: str
    """The class that gives it its colour."""
    hint: str


_STEP = 14
"""The width and height of a day, with the space around it."""
_LEFT = 30


def calendar(cells: Sequence[Cell], title: str) -> Markup:
    """Return a calendar with a column for each week, from Monday to Sunday. The first cell must be a Monday."""
    weeks = (len(cells) + 6) // 7
    marks = [_TEXT.format(0, 28 + row * _STEP, name) for row, name in ((0, "Mon"), (2, "Wed"), (4, "Fri"))]
    for index, cell in enumerate(cells):
        x, y = _LEFT + index // 7 * _STEP, 18 + index % 7 * _STEP
        if cell.day.day == 1:
            name = f"{cell.day:%b %Y}" if index < 31 or cell.day.month == 1 else f"{cell.day:%b}"
            marks.append(_TEXT.format(x, 10, name))
        marks.append(_DAY.format(cell.css, x, y, cell.hint))
    width, height = _LEFT + weeks * _STEP + 30, 18 + 7 * _STEP
    return Markup('<svg class="calendar" role="img" aria-label="{}" width="{}" height="{}">{}</svg>').format(
        title, width, height, Markup("").join(marks)
    )


_DAY = Markup('<rect class="{}" x="{}" y="{}" width="11" height="11" rx="2"><title>{}</title></rect>')
_TEXT = Markup('<text x="{}" y="{}">{}</text>')


def strip(history: Sequence[tuple[str, bool]], title: str) -> Markup:
    """Return a row of squares that says for each day or build whether a promise was kept."""
    marks = [
        _DAY.format("kept" if is_met else "missed", index * _STEP, 2, f"{label}: {'kept' if is_met else 'missed'}")
        for index, (label, is_met) in enumerate(history)
    ]
    return Markup('<svg class="strip" role="img" aria-label="{}" width="{}" height="16">{}</svg>').format(
        title, len(history) * _STEP, Markup("").join(marks)
    )
