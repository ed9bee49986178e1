"""Find which sum is a part of which: "£1.5 million, of which £300,000 …", "a further £30m, taking the total to £160m".

Links are made within a sentence, from a sentence that begins "This includes" or "Of this" to the previous one, and from
the items of a list to the sum that introduces it. A part is less than its total, so there are no cycles. Parts side by
side never add up to more than their total, apart from rounding.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from orderpaper.enrichment.money.figure import Figure
from orderpaper.enrichment.money.lists import Item
from orderpaper.enrichment.money.sentences import Sentences

FARTHEST = 260
"""The greatest distance between two linked sums, in characters."""
LEAST_DIFFERENCE = Decimal("0.0001")
"""The smallest difference between a part and its total, which is the precision of the warehouse."""
MOST_ADDENDS = 30
"""How many sums before a total are added up to find its parts."""
ROUNDING = Decimal("1.01")
"""How far the sum of rounded parts may exceed their total, as a factor."""

_MEASURE = (
    r"(?:(?:an?|the|over|around|about|approximately|nearly|almost|up|to|more|less|than|at|least|just|under|further"
    r"|additional|extra|another|new|some|total|record|increase|uplift|rise|of|by|estimated|initial|c\.?)[\s-])*"
)
_PART_THEN_TOTAL = re.compile(
    rf"""(?:
        \b(?:bringing|taking|raising)\s(?:(?!\bdown\b)[^;])*\bto\s{_MEASURE}
        |\b(?:meaning|making|giving|resulting\sin|leading\sto|for|with|to|in)\s(?:[\w’'-]+\s){{0,5}}?(?:total|overall)\b[^;]*\s
        |^(?:(?!\band,).)*,\s(?:an?\s|the\s)?(?:(?:combined|overall|grand)\s)?total(?:\s[\w’'-]+){{0,4}}\s
        |\btotall?(?:ing|ed|s)\s{_MEASURE}
        |\b(?:part|out)\sof\s(?:[\w’'-]+\s){{0,6}}
        |^\s?of\s(?:the|this|that|our|its|their|these)\s(?:[\w’'-]+\s){{0,4}}
        |\b(?:from|through|under|via|within)\s(?:the|our|its|this|their)\s(?:[\w’'-]+\s){{0,3}}
    )$""",
    re.VERBOSE,
)
_FROM = re.compile(r"\bfrom\s(?:the|our|its|this|their)\s(?:[\w’'-]+\s){0,3}$")
_RISES_TO = re.compile(rf"(?:\sin\s[\d/–-]+)?,?\sto\s{_MEASURE}")
_TOTAL_THEN_PART = re.compile(
    rf"""(?:
        \b(?:of\swhich|including|comprising|(?:made\sup|consisting)\sof|split|divided|broken\sdown)\b[^,;]{{0,80}}
        |(?:^[^,;]*|\b(?:which|this|that|it)\s(?:also\s)?)\b(?:includ|compris|consist)(?:e?s|ed?)\b[^,;]{{0,80}}
        |(?<!\balong)\swith\s{_MEASURE}
        |,\s(?:which\sis\s|this\sis\s|representing\s|up\sby\s|up\s)?(?:an?\s)?(?:[\w.%’'-]+\s){{0,3}}?(?:increase|rise|uplift)\s(?:of|by)\s{_MEASURE}
    )$""",
    re.VERBOSE,
)
_ADDED_TO = re.compile(
    r"\b(?:in addition to|as well as|on top of|alongside|compared (?:to|with)|up from)\b", re.IGNORECASE
)
_AND_PART = re.compile(rf"(?:[,;]|\band|\bplus|\bwith)\s(?:and\s|with\s)?(?:[\w’'-]+\s){{0,3}}?{_MEASURE}$")
_OF_THE = re.compile(r"(?:^|[,;:]\s|\b[Aa]nd\s)(?:[Oo]ut\s)?[Oo]f (?:the|this|that|our|its)\s(?:[\w’'-]+\s){0,3}$")
_GOES_ON = re.compile(
    r"(?:This|That|It|The total|These) (?:also )?(?:includ\w+|compris\w+|is made up of|consists? of)\b"
    r"|(?:Out )?[Oo]f (?:this|that|which|these)\b|(?:Included )?[Ww]ithin (?:this|that)\b|Included in (?:this|that)\b"
)
_BREAKS_DOWN = re.compile(r"(?:This|These|That|It|Of this|The (?:breakdown|spend|costs?|funding|total|sum))\b")
_CUT = re.compile(r"\b(?:cut\w*|reduc\w+|fall\w*|fell|decreas\w+|drop\w*|lower\w*|down)\b[^.;£]*$", re.IGNORECASE)


def totals(text: str, figures: Sequence[Figure], sentences: Sentences, items: Sequence[Item | None]) -> dict[int, int]:
    """Return the links of a text: index of a part → index of the figure that is its total.

    Args:
        text: the text of the figures.
        figures: its figures in reading order.
        sentences: its sentences.
        items: for each figure, the list item in which it stands, if any.
    """
    if len(figures) < 2:
        return {}
    return _Links(text, figures, sentences).find(items)


class _Links:
    def __init__(self, text: str, figures: Sequence[Figure], sentences: Sentences) -> None:
        self._text = text
        self._figures = figures
        self._sentences = sentences
        self._numbers = [sentences.index_at(figure.start) for figure in figures]
        self._of_sentence: dict[int, list[int]] = {}
        for index, number in enumerate(self._numbers):
            self._of_sentence.setdefault(number, []).append(index)
        self._found: dict[int, int] = {}
        self._taken: dict[int, Decimal] = {}

    def find(self, items: Sequence[Item | None]) -> dict[int, int]:
        for index in range(1, len(self._figures)):
            if self._numbers[index] == self._numbers[index - 1]:
                self._with_neighbour(index)
            else:
                self._with_sentence_before(index)
        self._with_leads(items)
        return self._found

    def _link(self, part: int, total: int) -> bool:
        """Link two sums if one can be a part of the other; return whether they are linked."""
        one, other = self._figures[part], self._figures[total]
        taken = self._taken.get(total, Decimal(0)) + one.amount_high
        if part in self._found or one.currency != other.currency or taken > self._room(total):
            return False
        if other.amount_high - one.amount_high < LEAST_DIFFERENCE:
            return False
        if one.direction == "in" and other.direction == "none":  # what is saved is no part of a deficit or a debt
            return False
        self._taken[total] = taken
        self._found[part] = total
        return True

    def _is_alike(self, index: int, other: int) -> bool:
        """Return whether both are rates or neither is; a rate and a sum for all are not part and total."""
        return (self._figures[index].category == "rate") == (self._figures[other].category == "rate")

    def _room(self, total: int) -> Decimal:
        return self._figures[total].amount_high * ROUNDING

    def _gap(self, index: int) -> str | None:
        """Return the words between a sum and the previous one, or None if there are too many."""
        start, end = self._figures[index - 1].end, self._figures[index].start
        return self._text[start:end] if end - start <= FARTHEST else None

    def _with_neighbour(self, index: int) -> None:
        gap = self._gap(index)
        if gap is None or "\t" in gap or not self._is_alike(index - 1, index):
            return
        before = self._text[max(0, self._figures[index - 1].start - 80) : self._figures[index - 1].start]
        earlier = self._figures[index - 1]
        if _PART_THEN_TOTAL.search(gap) and not (earlier.is_increase and _FROM.search(gap)):
            if self._link(index - 1, index):
                self._with_addends(index)
        elif earlier.is_increase and _RISES_TO.fullmatch(gap) and not _CUT.search(before):
            self._link(index - 1, index)
        elif (_TOTAL_THEN_PART.search(gap) and not _ADDED_TO.search(gap)) or (_OF_THE.search(before) and "," in gap):
            self._link(index, index - 1)
        elif (
            index - 1 in self._found
            and self._found[index - 1] < index - 1
            and _AND_PART.search(gap)
            and not _ADDED_TO.search(gap)
        ):
            self._link(index, self._found[index - 1])

    def _with_addends(self, total: int) -> None:
        """Link earlier sums of the sentence too, if they add up to the total together with the nearest."""
        group, addends = self._figures[total - 1].amount_high, []
        for index in range(total - 2, max(-1, total - 2 - MOST_ADDENDS), -1):
            if self._numbers[index] != self._numbers[total] or index in self._found:
                break
            addends.append(index)
            group += self._figures[index].amount_high
            if self._figures[total].amount_high / ROUNDING <= group <= self._room(total):
                for addend in addends:
                    self._link(addend, total)
                return

    def _with_sentence_before(self, index: int) -> None:
        number = self._numbers[index]
        start, _ = self._sentences.span(number)
        if number == 0 or not _GOES_ON.match(self._text, start) or "\n" in self._text[start - 1 : start]:
            return
        totals = [i for i in self._of_sentence.get(number - 1, []) if i not in self._found]
        if len(totals) == 1 and self._is_alike(index, totals[0]):
            self._link(index, totals[0])

    def _with_leads(self, items: Sequence[Item | None]) -> None:
        """Link the first sums of a list's items to the sum that introduces the list, if it is large enough."""
        lists: dict[tuple[int, int], list[int]] = {}
        seen: set[int] = set()
        for index, item in enumerate(items):
            if item and item.start not in seen and index not in self._found:
                seen.add(item.start)
                lists.setdefault((item.lead_start, item.lead_end), []).append(index)
        for (start, end), parts in lists.items():
            total = self._leading(start, end, sum((self._figures[part].amount_high for part in parts), Decimal(0)))
            if total is not None and sum(self._figures[part].amount_high for part in parts) <= self._room(total):
                for part in parts:
                    self._link(part, total)

    def _leading(self, start: int, end: int, together: Decimal) -> int | None:
        """Return the only sum of the sentence that introduces a list.

        If it has none, return the only sum of the previous sentence, if the introduction refers to it or the items add
        up to it.
        """
        number = self._sentences.index_at(max(start, end - 1))
        lead_start, lead_end = self._sentences.span(number)
        own = self._of_sentence.get(number, [])
        if own:
            is_total = len(own) == 1 and not _ADDED_TO.search(self._text, lead_start, lead_end)
            return own[0] if is_total else None
        before = self._of_sentence.get(number - 1, [])
        if len(before) != 1:
            return None
        stated = self._figures[before[0]].amount_high
        adds_up = stated / ROUNDING <= together <= stated * ROUNDING
        return before[0] if adds_up or _BREAKS_DOWN.match(self._text, lead_start) else None
