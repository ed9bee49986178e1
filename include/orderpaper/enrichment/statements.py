"""The search of every statement, whichever parser it came from: sums of money, members who are named, and its words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from orderpaper.enrichment.money import find_figures
from orderpaper.enrichment.money.amounts import find_amounts, has_money
from orderpaper.enrichment.people.mentions import find_mentions
from orderpaper.enrichment.words import read_words
from orderpaper.records import FundingFigure, MemberMention, Parsed, Statement
from orderpaper.records.types.base import table_name
from orderpaper.records.types.documents import Refusal

MOST_NUMBERS = 5_000
"""The most sums that are read in one statement or, of one with tables, the most numbers, and words such as million.
Real ones have under 1,500."""
_NUMBER = re.compile(r"\d[\d,.]*|\b(?:thousand|million|billion|trillion|pounds?|pence)\b", re.IGNORECASE)
_EXCERPT_LENGTH = 300
FINEST_AMOUNT = Decimal("0.0001")
"""The warehouse keeps sums to a hundredth of a penny, because departments print prices such as 49.9p."""


def enrich(parsed: Parsed) -> Parsed:
    """Return `parsed` with what its statements contain: sums of money, members, and the readings of their words.

    Sums and members are not looked for in text that the source has cut: its last sum may be half a sum, and a fuller
    document follows. Of a statement with an incredible number of sums only the first are read, and the place from which
    the others are left out is refused.
    """
    figures: list[FundingFigure] = []
    mentions: list[MemberMention] = []
    refusals: list[Refusal] = []
    for record in parsed.records:
        if isinstance(record, Statement) and record.is_searched:
            end = _end_of_search(record)
            if end is not None:
                refusals.append(_left_out(record, end))
            figures += _figures(record, len(figures) + 1, end)
            mentions += _mentions(record, len(mentions) + 1)
    return replace(
        parsed,
        records=[*parsed.records, *figures, *mentions, *read_words(parsed.records)],
        refusals=[*parsed.refusals, *refusals],
    )


def _end_of_search(statement: Statement) -> int | None:
    """Return the place from which a text is not searched for sums; None if it is searched whole.

    Any number in a table may be a sum. In other text, such as the numbers of 18,000 questions, sums are counted.
    """
    text = statement.text
    following = next(islice(_NUMBER.finditer(text), MOST_NUMBERS, None), None) if len(text) > MOST_NUMBERS else None
    if following is None or not has_money(text):
        return None
    if "<table" in (getattr(statement, "html", None) or "").casefold() or "\t" in text:
        return following.start()
    sums = find_amounts(text)
    return sums[MOST_NUMBERS].start if len(sums) > MOST_NUMBERS else None


def _left_out(statement: Statement, end: int) -> Refusal:
    return Refusal(
        address=f"{table_name(type(statement))} {statement.ordinal}, character {end}",
        reason=f"more than {MOST_NUMBERS:,} numbers in one statement: sums from here on are not read",
        text=statement.text[end : end + _EXCERPT_LENGTH],
    )


def _figures(statement: Statement, first: int, end: int | None) -> Iterator[FundingFigure]:
    # Rows of a table are found in the text by their cells, so a text that is cut is read without its tables.
    html = getattr(statement, "html", None) if end is None else None
    found = find_figures(statement.text[:end], html)
    for ordinal, figure in enumerate(found, start=first):
        yield FundingFigure(
            ordinal=ordinal,
            statement_kind=table_name(type(statement)),
            statement_ordinal=statement.ordinal,
            surface=figure.surface,
            amount_low=figure.amount_low.quantize(FINEST_AMOUNT),
            amount_high=figure.amount_high.quantize(FINEST_AMOUNT),
            currency=figure.currency,
            qualifier=figure.qualifier,
            category=figure.category,
            direction=figure.direction,
            certainty=figure.certainty,
            is_increase=figure.is_increase,
            period=figure.period,
            programme_text=figure.programme,
            recipient_text=figure.recipient,
            rule=figure.rule,
            sentence=figure.sentence,
            list_lead_text=figure.lead,
            total_ordinal=None if figure.total is None else first + figure.total,
            text_char_start=figure.start,
            text_char_end=figure.end,
            char_start=_in_document(statement, figure.start),
            char_end=_in_document(statement, figure.end),
        )


def _mentions(statement: Statement, first: int) -> Iterator[MemberMention]:
    for ordinal, mention in enumerate(find_mentions(statement.text), start=first):
        yield MemberMention(
            ordinal=ordinal,
            statement_kind=table_name(type(statement)),
            statement_ordinal=statement.ordinal,
            as_printed=mention.as_printed,
            member_name_text=mention.name,
            constituency_text=mention.constituency,
            post_text=mention.post,
            text_char_start=mention.start,
            text_char_end=mention.end,
            char_start=_in_document(statement, mention.start),
            char_end=_in_document(statement, mention.end),
        )


def _in_document(statement: Statement, position: int) -> int | None:
    """Return the place in the document's text of a place in the statement's, if the document is text."""
    return None if statement.char_start is None else statement.char_start + position
