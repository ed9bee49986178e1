"""Documents of the simulated Parliament as a person would have saved them: text files of five kinds in one folder.

Their people sit in the simulated Parliament of the same seed, and some of their written questions are those that its
API serves. As in the real sites that they imitate, not everything they print is right: some names are misspelt or
unknown to the register, a party or a seat is another's, a count is wrong.
"""

import datetime as dt
import hashlib
import random
from pathlib import Path

from orderpaper.errors import ConfigError
from orderpaper.simulate import DEFAULT_AS_OF, DEFAULT_TO, sittings
from orderpaper.simulate.dice import dice
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.saved_debates import debate_digest, oral_sitting
from orderpaper.simulate.saved_posts import press_post
from orderpaper.simulate.upstream import Json, Span, Window
from orderpaper.text import html_to_text

_LISTED = 8
"""Questions in a listing that the API serves for the same days; a few more come from the days before."""


def write(folder: Path, *, seed: int, first: dt.date, last: dt.date) -> list[Path]:
    """Write the documents of the days from `first` to `last` and return their paths; the same bytes every time.

    File names say nothing of what is in them. Files of these names are replaced, others are left alone. Where no day
    is a sitting day, there is nothing to write.

    Raises:
        ConfigError: the days lie outside the simulated calendar, or the folder cannot be written.
    """
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, text in enumerate(_texts(seed, first, last)):
            body = text.encode()
            path = folder / f"{number:03d}_{hashlib.sha256(body).hexdigest()[:16]}.txt"
            path.write_bytes(body)
            paths.append(path)
    except OSError as error:
        raise ConfigError(f"The documents cannot be written to {folder}: {error.strerror}.") from error
    return paths


def _texts(seed: int, first: dt.date, last: dt.date) -> list[str]:
    """The documents of some days, in no order that tells their kinds."""
    days = sittings.sitting_days(first, last)
    if not days:
        return []
    parliament = SimulatedParliament(seed, as_of=last + (DEFAULT_AS_OF - DEFAULT_TO))
    rng = dice(seed, first, last, "documents")
    texts = [
        _listing(rng, parliament, first, last, has_headings=True),
        _listing(rng, parliament, first, last, has_headings=False),
        *_bare_questions(rng, parliament, first, last),
        *(debate_digest(rng, parliament.people, rng.choice(days)) for _ in range(2)),
        *(oral_sitting(rng, parliament.people, rng.choice(days)) for _ in range(2)),
        *(press_post(rng, parliament.people, rng.choice(days), nth) for nth in range(5)),
    ]
    rng.shuffle(texts)
    return texts


def _listing(
    rng: random.Random, parliament: SimulatedParliament, first: dt.date, last: dt.date, *, has_headings: bool
) -> str:
    """A third party's listing of written questions; one of its askers is misspelt, one has another's party."""
    before = Span(first - dt.timedelta(21), first - dt.timedelta(1))
    served = parliament.questions(Window(answered=Span(first, last)))
    earlier = parliament.questions(Window(tabled=before, answered=before))
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
        minister = parliament.people.members[value["answeringMemberId"]]
        post = parliament.people.post_of(minister.member_id, question.answering_body_id, day)
        lines.append(f"Answered by {minister.name_on(day).display} - {post}")
        lines.append(html_to_text(value["answerText"]))
        blocks.append("\n".join(lines))
    return "\n".join(blocks)


def _bare_questions(rng: random.Random, parliament: SimulatedParliament, first: dt.date, last: dt.date) -> list[str]:
    """Two questions with their answers and without anybody's name."""
    served = [q.detail() for q in parliament.questions(Window(tabled=Span(first, last))) if q.answered_on]
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
