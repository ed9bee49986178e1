"""The funding grammar: every sum of money in a text, with its place in the text and what is said of it.

>>> from orderpaper.money import find_figures
>>> [figure.surface for figure in find_figures("Councils will share up to £13.1 million in 2025-26.")]
['£13.1 million']
"""

from orderpaper.money import category, meaning, period, programme, tables
from orderpaper.money.amounts import Amount, find_amounts, has_money
from orderpaper.money.figure import Figure
from orderpaper.money.sentences import Sentences

__all__ = ["Figure", "find_figures"]


def find_figures(text: str, html: str | None = None) -> list[Figure]:
    """Every sum of money that a text states, in reading order, without overlap.

    Args:
        text: the text as stored; spans count in it.
        html: the markup that `text` was made of by `orderpaper.text.html_to_text`, if any: it tells which header
            stands over which cell of a table.

    Never raises on any text.

    """
    if not has_money(text):
        return []
    amounts, labels = _amounts(text, html)
    return _describe(text, amounts, labels) if amounts else []


def _amounts(text: str, html: str | None) -> tuple[list[Amount], dict[int, tables.Labels]]:
    """Sums of the running text and of tables; a run-together row is read cell by cell instead."""
    found = find_amounts(text)
    in_text = tables.find_tables(text, html)
    if not in_text:
        return found, {}
    of_cells, labels = tables.cell_amounts(text, in_text)
    echoes = [span for table in in_text for span in table.echo_lines]
    kept = [a for a in found if not any(start <= a.start < end for start, end in echoes)] if echoes else found
    taken: list[Amount] = []
    for amount in sorted(kept + of_cells, key=lambda a: (a.start, -a.end)):
        if not taken or amount.start >= taken[-1].end:
            taken.append(amount)
    return taken, labels


def _describe(text: str, amounts: list[Amount], labels: dict[int, tables.Labels]) -> list[Figure]:
    sentences = Sentences(text)
    figures: list[Figure] = []
    for index, amount in enumerate(amounts):
        number = sentences.index_at(amount.start)
        start, end = sentences.span(number)
        before, after = (
            text[max(start, amount.start - 400) : amount.start],
            text[amount.end : min(end, amount.end + 400)],
        )
        surface = text[amount.start : amount.end]
        gap = text[amounts[index - 1].end : amount.start] if index else ""
        shared = figures[-1] if meaning.is_shared(gap) else None
        label = labels.get(amount.start)
        kind, rule = category.classify(before, after, sentences.text(number)[:800], amount.high)
        figures.append(
            Figure(
                surface=surface,
                amount_low=amount.low,
                amount_high=amount.high,
                currency=amount.currency,
                qualifier=shared.qualifier
                if shared and shared.qualifier == "approx"
                else meaning.qualifier(before, surface, after),
                category=kind,
                is_increase=(shared is not None and shared.is_increase) or meaning.is_increase(before, after),
                period=period.tie(text, sentences, number, amounts, index, figures, label),
                programme=programme.programme(before, after),
                recipient=programme.recipient(before, after),
                rule=f"{rule}; {amount.flag}" if amount.flag else rule,
                sentence=sentences.text(number),
                start=amount.start,
                end=amount.end,
            )
        )
    return figures
