"""Read a heading of the volumes' written answers: questions with their parts, and the answers to them.

Historic volumes print written answers as debates of the location "Written Answers". A part of a question, or a further
paragraph of an answer, is an item without a name.
"""

import re
from collections.abc import Iterator, Mapping

from orderpaper.enrichment.people.attribution import Attribution, split_attribution
from orderpaper.errors import ParseError
from orderpaper.reading.dates import day_of
from orderpaper.records import Record
from orderpaper.sources._official_report.written import Exchange, Passage, written_records
from orderpaper.sources.hansard import payload as api
from orderpaper.sources.hansard.debate import department_of, own_items, title_of
from orderpaper.sources.hansard.markup import read_question, to_text
from orderpaper.sources.hansard.turns import QUESTION_TAG, is_furniture

_LOCATION = re.compile(r"\s*written ?answers", re.IGNORECASE)
_PART = "ERR_Question"
"""The style of a further part of a question."""
_NOBODY = Attribution()


def is_written(debate: api.Debate) -> bool:
    """Return whether a debate of the API is a heading of written answers, by its location or its widest heading."""
    widest = next((heading.title for heading in debate.navigator if heading.parent_id is None), None)
    return _LOCATION.match(debate.overview.location or widest or "") is not None


def read_written_answers(debate: api.Debate, counts: Mapping[type, int]) -> Iterator[Record]:
    """Yield each question and each answer under a heading. Questions without an answer between them share one.

    Ordinals continue from `counts`, the records of each type made so far.

    Raises:
        ParseError: words stand without a question, or the markup of an item cannot be read whole.
    """
    overview = debate.overview
    return written_records(_exchanges(debate), overview.house, day_of(overview.date), counts)


def _exchanges(debate: api.Debate) -> list[Exchange]:
    """Return the questions with their answers, in order.

    Raises:
        ParseError: words stand without a question, or the markup of an item cannot be read whole.
    """
    exchanges: list[Exchange] = []
    last: Passage | None = None
    is_broken = is_cut = False
    for item in own_items(debate):
        if item.item_type == api.REFUSED:
            # It may have been a question, so what follows need not answer the questions above; or their answer, so the
            # next question need not stand with them.
            last, is_broken, is_cut = None, bool(exchanges and exchanges[-1].answers), True
            continue
        if is_furniture(item):
            continue
        value = item.value or ""
        printed = read_question(value) if item.hrs_tag == QUESTION_TAG else None
        text = "\n".join(filter(None, (printed.tabled, printed.spoken))) if printed else to_text(value)
        attributed = " ".join((item.attributed_to or "").split())
        if not text:
            continue
        is_unanswered = bool(exchanges and not exchanges[-1].answers)
        is_part = is_unanswered and item.hrs_tag == _PART and item.member_id in (None, last and last.member_id)
        if last is not None and ((not attributed and not item.member_id) or is_part):
            last.paragraphs.append(text)
            continue
        speaker = split_attribution(attributed) if attributed else _NOBODY
        last = Passage(speaker, item.member_id or None, item.uin or (printed.uin if printed else None), [text])
        if printed:
            if not exchanges or exchanges[-1].answers or is_cut:
                exchanges.append(Exchange(department_of(debate), title_of(debate)))
            exchanges[-1].questions.append(last)
            is_broken = is_cut = False
        elif exchanges and not is_broken:
            exchanges[-1].answers.append(last)
        else:
            raise ParseError(f"words of a written answer stand without a question: “{text[:60]}”")
    return exchanges
