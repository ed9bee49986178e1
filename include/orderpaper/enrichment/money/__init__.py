"""The funding grammar: find every sum of money in a text, its place, and what the text says about it.

>>> from orderpaper.enrichment.money import find_figures
>>> [figure.surface for figure in find_figures("Councils will share up to £13.1 million in 2025-26.")]
['£13.1 million']
"""

import re
from bisect import bisect_right
from dataclasses import replace

from orderpaper.enrichment.money import category, certainty, flow, links, meaning, period, programme, recipient, tables
from orderpaper.enrichment.money.amount import Amount
from orderpaper.enrichment.money.amounts import find_amounts, has_money, without_overlap
from orderpaper.enrichment.money.carrying import Names, carry
from orderpaper.enrichment.money.figure import Figure
from orderpaper.enrichment.money.lists import Item, find_items
from orderpaper.enrichment.money.sentences import Sentences
from orderpaper.enrichment.money.table_forms import find_tables
from orderpaper.enrichment.money.years import Periods
from orderpaper.reading.tidy import TidyText

__all__ = ["Figure", "find_figures"]

REACH = 400
"""How many characters before and after a sum, within its sentence, are read for its meaning."""

LONGEST_SENTENCE = 10_000
"""In characters. A longer one is not kept whole with each of its sums, because it may have thousands."""
MOST_SUMS = 5_000
"""How many sums of one text are read with their context. No answer of Parliament has nearly as many."""
_GOES_BACK = re.compile(r"(?:This|These|It|They|The breakdown|A breakdown|Of this|Of these)\b")
_CELL_END = re.compile(r"[\t\n]")
NOT_READ = f"among more than {MOST_SUMS:,} sums of one text, so the words around it were not read"


def find_figures(text: str, html: str | None = None) -> list[Figure]:
    """Return every sum of money that a text states, in reading order, without overlap.

    Args:
        text: the text as stored, in which spans count.
        html: the markup from which `orderpaper.reading.markup.html_to_text` made `text`, if any. It says which header
            belongs to which cell of a table.

    It raises no error for any text.
    """
    tidied = TidyText.of(text)
    return [_as_stored(text, tidied, figure) for figure, _ in read(tidied.text, html)]


def _as_stored(text: str, tidied: TidyText, figure: Figure) -> Figure:
    """Return a figure of a tidied text with its place in the text as stored."""
    if tidied.text is text:
        return figure
    start, end = tidied.stored_span(figure.start, figure.end)
    return replace(figure, surface=text[start:end], start=start, end=end)


def read(text: str, html: str | None = None) -> list[tuple[Figure, category.Sum]]:
    """Return the figures of a text in the form of `reading.tidy`, each with the evidence for its category."""
    if not has_money(text):
        return []
    amounts, labels = _amounts(text, html)
    if not amounts:
        return []
    sentences = Sentences(text)
    amounts, others = amounts[:MOST_SUMS], amounts[MOST_SUMS:]
    items = _items_at(amounts, find_items(text, html))
    described = _describe(text, sentences, amounts, labels, items)
    found = links.totals(text, [figure for figure, _ in described], sentences, items)
    # The largest total comes first, because its programme and recipient pass to its parts, and to theirs.
    for part, total in sorted(found.items(), key=lambda link: -described[link[1]][0].amount_high):
        (figure, item), (whole, _) = described[part], described[total]
        programme_text, recipient_text = figure.programme or whole.programme, figure.recipient
        if not recipient_text and not recipient.is_own_purpose(text[figure.end : figure.end + REACH]):
            recipient_text = whole.recipient
        described[part] = (replace(figure, total=total, programme=programme_text, recipient=recipient_text), item)
    return [*described, *(_without_context(text, sentences, amount) for amount in others)]


def _sentence(text: str, sentences: Sentences, amount: Amount) -> str:
    """Return the sentence of a sum or, of one that is very long, the words around the sum."""
    number = sentences.index_at(amount.start)
    start, end = sentences.span(number)
    if end - start <= LONGEST_SENTENCE:
        return sentences.text(number)
    return text[max(start, amount.start - REACH) : min(end, amount.end + REACH)].strip()


def _without_context(text: str, sentences: Sentences, amount: Amount) -> tuple[Figure, category.Sum]:
    """Return a sum whose meaning is not read, with a flag in `rule`."""
    surface = text[amount.start : amount.end]
    unread = category.Sum("", "", "", amount.high, surface, amount.currency, "exact", False, False, None)
    figure = Figure(
        surface=surface,
        amount_low=amount.low,
        amount_high=amount.high,
        currency=amount.currency,
        qualifier="exact",
        category="other",
        direction="none",
        certainty="actual",
        is_increase=False,
        period=None,
        programme=None,
        recipient=None,
        rule=f"{NOT_READ}; {amount.flag}" if amount.flag else NOT_READ,
        sentence=_sentence(text, sentences, amount),
        lead=None,
        start=amount.start,
        end=amount.end,
    )
    return figure, unread


def _amounts(text: str, html: str | None) -> tuple[list[Amount], dict[int, tables.Labels]]:
    """Return the sums of the running text and of tables; a row printed as one line is read cell by cell."""
    found = find_amounts(text)
    in_text = find_tables(text, html)
    if not in_text:
        return found, {}
    of_cells, labels = tables.cell_amounts(text, in_text)
    echoes = [span for table in in_text for span in table.echo_lines]
    kept = [a for a in found if not any(start <= a.start < end for start, end in echoes)] if echoes else found
    return without_overlap(of_cells + kept), labels


def _items_at(amounts: list[Amount], items: list[Item]) -> list[Item | None]:
    """Return the list item, if any, in which each sum stands."""
    starts = [item.start for item in items]
    before = [bisect_right(starts, amount.start) - 1 for amount in amounts]
    return [
        items[at] if at >= 0 and amount.start < items[at].end else None
        for at, amount in zip(before, amounts, strict=True)
    ]


def _lead(sentences: Sentences, item: Item | None) -> str | None:
    """Return the last sentence of the line that introduces a list."""
    return sentences.text(sentences.index_at(max(item.lead_start, item.lead_end - 1))) if item else None


def _introduction(sentences: Sentences, item: Item | None, lead: str | None) -> str | None:
    """Return what introduces a list: its lead, and the sentence before if the lead goes back to it."""
    if item is None or lead is None or not _GOES_BACK.match(lead):
        return lead
    number = sentences.index_at(max(item.lead_start, item.lead_end - 1))
    if number == 0 or sentences.span(number - 1)[0] < item.lead_start:
        return lead
    return f"{sentences.text(number - 1)} {lead}"


def _describe(
    text: str,
    sentences: Sentences,
    amounts: list[Amount],
    labels: dict[int, tables.Labels],
    items: list[Item | None],
) -> list[tuple[Figure, category.Sum]]:
    shorts, periods = programme.abbreviations(text), Periods(text)
    figures: list[Figure] = []
    read_on: list[category.Sum] = []
    for index, amount in enumerate(amounts):
        number = sentences.index_at(amount.start)
        start, end = sentences.span(number)
        before = text[max(start, amount.start - REACH) : amount.start]
        after = text[amount.end : min(end, amount.end + REACH)]
        surface, label = text[amount.start : amount.end], labels.get(amount.start)
        if label is not None:
            after = _CELL_END.split(after, maxsplit=1)[0]
        gap = text[amounts[index - 1].end : amount.start] if index and amounts[index - 1].end > start else ""
        shared = figures[-1] if meaning.is_shared(gap) else None
        in_cell = before.rpartition("\t")[2] if label else before
        qualifier = "approx" if shared and shared.qualifier == "approx" else meaning.qualifier(in_cell, surface, after)
        is_increase = (shared is not None and shared.is_increase) or meaning.is_increase(before, after)
        tied = period.tie(
            text, periods, sentences, amounts, index, previous=figures[-1] if figures else None, labels=label
        )
        previous = sentences.text(number - 1) if number else ""
        lead = _lead(sentences, items[index])
        if tied is None and lead and label is None and category.says_little(before):
            tied = period.of_lead(periods, sentences, items[index])
        introduction = _introduction(sentences, items[index], lead)
        read_before, read_after, read_previous = category.around(before, after, previous, introduction, label)
        item = category.Sum(
            before=read_before,
            after=read_after,
            previous=read_previous,
            amount=amount.high,
            surface=surface,
            currency=amount.currency,
            qualifier=qualifier,
            is_increase=is_increase,
            has_period=tied is not None,
            labels=label,
            introduction=introduction if introduction and label is None and category.says_little(before) else "",
        )
        alike = shared or (figures[-1] if meaning.is_coordinated(gap) or meaning.is_total_of_kind(gap) else None)
        kind, rule = (alike.category, "like the sum before") if alike else category.classify(item)
        is_given = kind != "other"
        paragraph = text[max(text.rfind("\n", 0, start), start - REACH, 0) : start]
        # The sentence before the first one of a paragraph stands in another.
        earlier_text = paragraph if len(paragraph.strip()) > len(before.strip()) else previous
        programme_text = programme.programme(before, after, earlier_text, shorts) if is_given else None
        if programme_text is None and kind == "funding" and (label or introduction):
            heading = f"{label.caption}\n{label.column}\n{label.row}" if label else introduction or ""
            programme_text = programme.named_last(heading)
        recipient_text = recipient.recipient(before, after, programme_text) if is_given else None
        if recipient_text is None and kind == "funding" and (label or introduction):
            heading = f"{label.caption} {label.column}" if label else introduction or ""
            recipient_text = recipient.of_line(label.row if label else before, heading)
        names = Names(programme_text, recipient_text)
        if is_given and figures:
            opening = before if sentences.index_at(figures[-1].start) == number - 1 else ""
            names, earlier = carry(figures[-1], kind, names, gap=gap, opening=opening, after=after)
            if earlier != (figures[-1].programme, figures[-1].recipient):
                figures[-1] = replace(figures[-1], programme=earlier.programme, recipient=earlier.recipient)
        read_on.append(item)
        figures.append(
            Figure(
                surface=surface,
                amount_low=amount.low,
                amount_high=amount.high,
                currency=amount.currency,
                qualifier=qualifier,
                category=kind,
                direction=alike.direction if alike else flow.direction(item, kind),
                certainty=alike.certainty if alike else certainty.certainty(item, kind),
                is_increase=is_increase,
                period=tied,
                programme=names.programme,
                recipient=names.recipient,
                rule=f"{rule}; {amount.flag}" if amount.flag else rule,
                sentence=_sentence(text, sentences, amount),
                lead=lead,
                start=amount.start,
                end=amount.end,
            )
        )
    return list(zip(figures, read_on, strict=True))
