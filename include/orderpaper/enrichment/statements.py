"""What is read from the text of every statement, whichever parser it came from: sums of money and members named."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from orderpaper.enrichment.money import find_figures
from orderpaper.enrichment.people.mentions import find_mentions
from orderpaper.records import Answer, Contribution, FundingFigure, MemberMention, Parsed, PostSection, Question

ENRICHMENT_VERSION = 4
"""Raise it when the funding grammar or the mentions change, so that documents are read again."""

FINEST_AMOUNT = Decimal("0.0001")
"""The warehouse keeps sums to a hundredth of a penny: departments print prices such as 49.9p."""


def enrich(parsed: Parsed) -> Parsed:
    """`parsed` with a `FundingFigure` for every sum and a `MemberMention` for every member named in its statements.

    Text that the source has cut is left out: its last sum may be half a sum, and a fuller document follows.
    """
    figures: list[FundingFigure] = []
    mentions: list[MemberMention] = []
    for kind, statement in _statements(parsed):
        offset, first = statement.char_start, len(figures) + 1
        for figure in find_figures(statement.text, getattr(statement, "html", None)):
            figures.append(
                FundingFigure(
                    ordinal=len(figures) + 1,
                    statement_kind=kind,
                    statement_ordinal=statement.ordinal,
                    surface=figure.surface,
                    amount_low=figure.amount_low.quantize(FINEST_AMOUNT),
                    amount_high=figure.amount_high.quantize(FINEST_AMOUNT),
                    currency=figure.currency,
                    qualifier=figure.qualifier,
                    category=figure.category,
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
                    char_start=None if offset is None else offset + figure.start,
                    char_end=None if offset is None else offset + figure.end,
                )
            )
        for mention in find_mentions(statement.text):
            mentions.append(
                MemberMention(
                    ordinal=len(mentions) + 1,
                    statement_kind=kind,
                    statement_ordinal=statement.ordinal,
                    as_printed=mention.as_printed,
                    member_name_text=mention.name,
                    constituency_text=mention.constituency,
                    post_text=mention.post,
                    text_char_start=mention.start,
                    text_char_end=mention.end,
                    char_start=None if offset is None else offset + mention.start,
                    char_end=None if offset is None else offset + mention.end,
                )
            )
    return replace(parsed, records=[*parsed.records, *figures, *mentions])


def _statements(parsed: Parsed) -> Iterator[tuple[str, Question | Answer | Contribution | PostSection]]:
    """Every text of a document once: a turn that is also a question or an answer counts as that."""
    for record in parsed.records:
        match record:
            case Question(is_truncated=False):
                yield "question", record
            case Answer(is_truncated=False):
                yield "answer", record
            case Contribution(question_ordinal=None, answer_ordinal=None):
                yield "contribution", record
            case PostSection():
                yield "post_section", record
            case _:
                pass
