"""Read a heading of the volumes' written answers: questions with their parts, and the answers to them.

Historic volumes print written answers as debates of the location "Written Answers". A part of a question, or a further
paragraph of an answer, is an item without a name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from orderpaper.enrichment.people.attribution import Attribution, split_attribution
from orderpaper.errors import ParseError
from orderpaper.records import Answer, Question, Record
from orderpaper.sources.hansard import payload as api
from orderpaper.sources.hansard.debate import department_of, own_items, title_of
from orderpaper.sources.hansard.markup import read_question, to_text
from orderpaper.sources.hansard.turns import FURNITURE, QUESTION_TAG

_LOCATION = "Written Answers"
_NOBODY = Attribution()


@dataclass(slots=True)
class _Passage:
    """The words of one member: a question with its parts, or an answer with its paragraphs."""

    speaker: Attribution
    member_id: int | None
    uin: str | None
    paragraphs: list[str]

    @property
    def text(self) -> str:
        """Return the words, a line for each paragraph."""
        return "\n".join(self.paragraphs)


@dataclass(slots=True)
class _Exchange:
    """Questions that stand together, and the answers to them."""

    questions: list[_Passage] = field(default_factory=list)
    answers: list[_Passage] = field(default_factory=list)


def is_written(debate: api.Debate) -> bool:
    """Return whether a debate of the API is a heading of written answers."""
    return (debate.overview.location or "").startswith(_LOCATION)


def read_written_answers(debate: api.Debate, counts: Mapping[type, int]) -> Iterator[Record]:
    """Yield each question and each answer under a heading. Questions without an answer between them share one.

    Ordinals continue from `counts`, the records of each type made so far.

    Raises:
        ParseError: words stand before the first question, or the markup of an item cannot be read whole.
    """
    questions, answers = counts.get(Question, 0), counts.get(Answer, 0)
    for exchange in _exchanges(own_items(debate)):
        first = questions + 1
        for asked in exchange.questions:
            questions += 1
            yield Question(
                ordinal=questions,
                question_type="written",
                uin=asked.uin,
                house=debate.overview.house,
                asking_member_id=asked.member_id,
                asked_by_text=asked.speaker.name,
                asked_by_party_text=asked.speaker.party,
                asked_by_constituency_text=asked.speaker.constituency,
                answering_body_text=department_of(debate),
                heading=title_of(debate),
                text=asked.text,
                group_ordinal=first if len(exchange.questions) > 1 else None,
            )
        for answered in exchange.answers:
            answers += 1
            yield Answer(
                ordinal=answers,
                question_ordinals=list(range(first, questions + 1)),
                answered_on=debate.overview.date.date(),
                answering_member_id=answered.member_id,
                answered_by_text=answered.speaker.name,
                answered_by_post_text=answered.speaker.post,
                text=answered.text,
            )


def _exchanges(items: list[api.Item]) -> list[_Exchange]:
    """Return the questions with their answers, in order.

    Raises:
        ParseError: words stand before the first question, or the markup of an item cannot be read whole.
    """
    exchanges: list[_Exchange] = []
    last: _Passage | None = None
    for item in items:
        if item.item_type == "Timestamp" or item.hrs_tag in FURNITURE or not item.value:
            continue
        printed = read_question(item.value) if item.hrs_tag == QUESTION_TAG else None
        text = "\n".join(filter(None, (printed.tabled, printed.spoken))) if printed else to_text(item.value)
        attributed = " ".join((item.attributed_to or "").split())
        if not text:
            continue
        if last is not None and not attributed and not item.member_id:
            last.paragraphs.append(text)
            continue
        speaker = split_attribution(attributed) if attributed else _NOBODY
        last = _Passage(speaker, item.member_id or None, item.uin or (printed.uin if printed else None), [text])
        if printed:
            if not exchanges or exchanges[-1].answers:
                exchanges.append(_Exchange())
            exchanges[-1].questions.append(last)
        elif exchanges:
            exchanges[-1].answers.append(last)
        else:
            raise ParseError(f"words stand before the first question of a written answer: “{text[:60]}”")
    return exchanges
