"""A third party's listings of written questions in the simulated world, as pages and as a person copies them.

As on real sites, they contain errors.
"""

import datetime as dt
import random
from collections.abc import Set

from orderpaper.reading.markup import html_to_text
from orderpaper.simulate.pages import prose
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.part import Page, Part
from orderpaper.simulate.query import Query, parse_date
from orderpaper.simulate.question_window import Window
from orderpaper.simulate.sittings import Span
from orderpaper.simulate.written_questions import WrittenQuestion

_LISTED = 8
"""Questions of a listing that were answered on its days. A few more were answered earlier."""


def simulated(parliament: SimulatedParliament, _faults: Set[str]) -> Part:
    """Return the site: a page for each sitting day, with listed questions that were answered on it."""

    def page(_: Query, text: str) -> Page | None:
        day = parse_date(text)
        if not parliament.sitting_days(day, day):
            return None
        listed = _listing(parliament.dice(day, "listing"), parliament, day, day, has_headings=True)
        return prose(f"Written questions answered on {text}", listed)

    return Part(routes=[(r"/written-questions/(\d{4}-\d\d-\d\d)", page)])


def saved(rng: random.Random, parliament: SimulatedParliament, first: dt.date, last: dt.date) -> list[str]:
    """Return two listings, and two questions with their answers but without names, as a person would save them."""
    tabled = parliament.written_questions.within(Window(tabled=Span(first, last)))
    answered = [(question, question.answer) for question in tabled if question.answered_on]
    return [
        _listing(rng, parliament, first, last, has_headings=True),
        _listing(rng, parliament, first, last, has_headings=False),
        *(
            "\n".join([*_asked(question), html_to_text(answer.text if answer else "")])
            for question, answer in rng.sample(answered, min(2, len(answered)))
        ),
    ]


def _listing(
    rng: random.Random, parliament: SimulatedParliament, first: dt.date, last: dt.date, *, has_headings: bool
) -> str:
    """Return a listing of written questions. One of its askers is misspelt, and one has the wrong party."""
    before = Span(first - dt.timedelta(21), first - dt.timedelta(1))
    served = parliament.written_questions.within(Window(answered=Span(first, last)))
    earlier = parliament.written_questions.within(Window(tabled=before, answered=before))
    chosen = rng.sample(served, min(_LISTED, len(served))) + rng.sample(earlier, min(3, len(earlier)))
    lines: list[str] = []
    for place, question in enumerate(chosen):
        day, answer, asker = question.answered_on, question.answer, question.asker
        if day is None or answer is None:
            raise AssertionError("a listing has answered questions only")
        name, party = asker.name_on(day).display, asker.party_on(day)
        if place == 1:
            name = _misspelt(name)
        elif place == 2:
            party = "Conservative" if party != "Conservative" else "Labour"
        if has_headings:
            lines += ["Written Question", str(question.heading), f"{day:%A} {_ordinal(day.day)} {day:%B %Y}"]
        lines += [f"Asked by: {name} ({party} - {asker.seat_on(day).name})", *_asked(question)]
        post = parliament.people.post_of(answer.minister.member_id, question.answering_body_id, day)
        lines += [f"Answered by {answer.minister.name_on(day).display} - {post}", html_to_text(answer.text)]
    return "\n".join(lines)


def _asked(question: WrittenQuestion) -> list[str]:
    """Return the lines that say which department is asked, and what."""
    name = question.fate.department.name
    article = "" if name in ("Treasury", "Prime Minister", "Women and Equalities", "Attorney General") else "the "
    return [f"Question to {article}{name}:", question.text]


def _misspelt(name: str) -> str:
    """Return a name without its last letter but one."""
    return name[:-2] + name[-1]


def _ordinal(day: int) -> str:
    suffix = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"
