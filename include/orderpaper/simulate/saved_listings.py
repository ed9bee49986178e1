"""Written questions as third parties list them, and as a person copies them."""

import datetime as dt
import random
from collections.abc import Callable, Sequence

from orderpaper.reading.markup import html_to_text
from orderpaper.simulate.people import People
from orderpaper.simulate.upstream import Json, Span, Window
from orderpaper.simulate.written_questions import WrittenQuestion

Served = Callable[[Window], Sequence[WrittenQuestion]]
"""The questions of a window, as the API of the same world serves them."""

_LISTED = 8
"""Questions in a listing that the API serves for the same days; a few more come from the days before."""


def listing(
    rng: random.Random, questions: Served, people: People, first: dt.date, last: dt.date, *, has_headings: bool
) -> str:
    """A third party's listing of written questions; one of its askers is misspelt, one has another's party."""
    before = Span(first - dt.timedelta(21), first - dt.timedelta(1))
    served = questions(Window(answered=Span(first, last)))
    earlier = questions(Window(tabled=before, answered=before))
    chosen = rng.sample(served, min(_LISTED, len(served))) + rng.sample(earlier, min(3, len(earlier)))
    blocks = []
    for place, question in enumerate(chosen):
        value = question.detail()
        day = dt.date.fromisoformat(value["dateAnswered"][:10])
        asker = question.asker
        name, party = asker.name_on(day).display, asker.party_on(day)
        if place == 1:
            name = _misspelt(name)
        elif place == 2:
            party = "Conservative" if party != "Conservative" else "Labour"
        lines = (
            ["Written Question", value["heading"], f"{day:%A} {_ordinal(day.day)} {day:%B %Y}"] if has_headings else []
        )
        lines.append(f"Asked by: {name} ({party} - {asker.seat_on(day).name})")
        lines += _question_lines(value)
        minister = people.members[value["answeringMemberId"]]
        post = people.post_of(minister.member_id, question.answering_body_id, day)
        lines.append(f"Answered by {minister.name_on(day).display} - {post}")
        lines.append(html_to_text(value["answerText"]))
        blocks.append("\n".join(lines))
    return "\n".join(blocks)


def bare_questions(rng: random.Random, questions: Served, first: dt.date, last: dt.date) -> list[str]:
    """Two questions with their answers and without anybody's name."""
    served = [q.detail() for q in questions(Window(tabled=Span(first, last))) if q.answered_on]
    return [
        "\n".join([*_question_lines(value), html_to_text(value["answerText"])])
        for value in rng.sample(served, min(2, len(served)))
    ]


def _question_lines(value: Json) -> list[str]:
    name = value["answeringBodyName"]
    article = "" if name in ("Treasury", "Prime Minister", "Women and Equalities", "Attorney General") else "the "
    return [f"Question to {article}{name}:", value["questionText"]]


def _misspelt(name: str) -> str:
    """A name that lacks its last letter but one."""
    return name[:-2] + name[-1]


def _ordinal(day: int) -> str:
    suffix = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"
