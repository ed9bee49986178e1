from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from orderpaper.enrichment.statements import MOST_NUMBERS, enrich
from orderpaper.records import Answer, Contribution, FundingFigure, MemberMention, Parsed, Question, Statement

TEXT = "The hon. Member for Ambleford (Ada Birch) asks what £2.5 million buys."


def enriched(*records, text=None):
    found = enrich(Parsed(document_kind="", text=text, records=list(records))).records
    return [record for record in found if isinstance(record, FundingFigure | MemberMention)]


def test_spans_count_in_the_statement_and_in_the_document():
    document = f"Answered: {TEXT}"
    figure, mention = enriched(
        Answer(ordinal=3, question_ordinals=[1], text=TEXT, char_start=10, char_end=10 + len(TEXT)), text=document
    )
    assert (figure.statement_kind, figure.statement_ordinal) == ("answer", 3)
    assert TEXT[figure.text_char_start : figure.text_char_end] == "£2.5 million"
    assert document[figure.char_start : figure.char_end] == "£2.5 million"
    assert document[mention.char_start : mention.char_end] == mention.as_printed
    assert (mention.member_name_text, mention.constituency_text) == ("Ada Birch", "Ambleford")


def test_a_payload_has_no_place_in_a_text_of_its_own():
    figure, _ = enriched(Answer(ordinal=1, question_ordinals=[1], text=TEXT))
    assert (figure.char_start, figure.char_end) == (None, None)


def test_a_text_that_the_source_cut_is_left_out():
    assert enriched(Question(ordinal=1, question_type="written", text=TEXT, is_truncated=True)) == []


def test_a_turn_that_is_also_an_answer_counts_once():
    turn = Contribution(ordinal=1, debate_ordinal=1, role="reply", answer_ordinal=1, text=TEXT)
    assert len(enriched(Answer(ordinal=1, question_ordinals=[1], text=TEXT), turn)) == 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Petition(Statement):
    """A kind of statement that is new to the enrichment."""

    ROW: ClassVar = "petition in a document"


def test_every_kind_of_statement_is_searched():
    figure, mention = enriched(Petition(ordinal=2, text=TEXT, char_start=0, char_end=len(TEXT)), text=TEXT)
    assert (figure.statement_kind, figure.statement_ordinal) == ("petition", 2)
    assert (mention.statement_kind, mention.statement_ordinal) == ("petition", 2)


def test_prices_keep_their_fractions_of_a_penny():
    (figure,) = enriched(Answer(ordinal=1, question_ordinals=[1], text="A litre costs 49.9p today."))
    assert figure.amount_low == Decimal("0.4990")


def test_a_part_points_to_its_total_among_the_figures_of_the_document():
    html = "<p>We gave quays £9m as follows:</p><ul><li>£5m for stone</li><li>£4m for wood</li></ul>"
    listed = "We gave quays £9m as follows:\n£5m for stone\n£4m for wood"
    figures = enriched(
        Answer(ordinal=1, question_ordinals=[1], text="Piers had £7."),
        Answer(ordinal=2, question_ordinals=[2], text=listed, html=html),
    )
    assert [(f.ordinal, f.total_ordinal) for f in figures] == [(1, None), (2, None), (3, 2), (4, 2)]
    assert [f.list_lead_text for f in figures] == [None, None, *["We gave quays £9m as follows:"] * 2]


def test_of_a_statement_with_an_incredible_number_of_sums_the_first_are_read_and_the_place_is_refused():
    text = "\n".join(f"£{number}" for number in range(1, 20_001))
    answers = [
        Answer(ordinal=number, question_ordinals=[1], text=said) for number, said in enumerate((text, "£7"), start=1)
    ]
    parsed = enrich(Parsed(document_kind="", records=answers))
    figures = [record for record in parsed.records if isinstance(record, FundingFigure)]
    assert [figure.amount_low for figure in figures] == [*range(1, MOST_NUMBERS + 1), 7]
    (refusal,) = parsed.refusals
    assert refusal.address == f"answer 1, character {text.index('£5001')}"
    assert refusal.reason == "more than 5,000 numbers in one statement: sums from here on are not read"
    assert refusal.text.startswith("£5001\n£5002\n")


def test_the_numbers_of_many_questions_are_no_sums_that_are_not_read():
    numbers = ", ".join(map(str, range(1, 18_001)))
    for said, sums in (("", []), (" It cost £5 million.", ["£5 million"])):
        text = f"I have answered Questions {numbers} together.{said}"
        found = enrich(Parsed(document_kind="", records=[Answer(ordinal=1, question_ordinals=[1], text=text)]))
        assert found.refusals == []
        assert [record.surface for record in found.records if isinstance(record, FundingFigure)] == sums
