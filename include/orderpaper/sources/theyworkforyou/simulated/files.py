"""The files of the simulated TheyWorkForYou."""

import datetime as dt
import html
import itertools
import random
from collections.abc import Callable, Iterator

from orderpaper.simulate.departments import Department, departments
from orderpaper.simulate.figures import millions, thousands
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.people import COMMONS, LORDS, Member

FILES = {
    "debate": ("debates", "debates"),
    "lords": ("lordspages", "daylord"),
    "wrans": ("wrans", "answers"),
    "wms": ("wms", "ministerial"),
}
"""The kind in the ids of a file → its folder, and what its name begins with."""
_VOTERS = 40
_QUESTIONS = 4
_RANKS = {"Lord": "L.", "Baroness": "B."}


class _Writer:
    """A writer of the elements of one file."""

    def __init__(self, parliament: SimulatedParliament, section: str, day: dt.date) -> None:
        self.people = parliament.people
        self.rng = parliament.dice("theyworkforyou", section, day)
        self.day = day
        self._section = section
        self._ids = itertools.count()

    def element(self, tag: str, inner: str, **attributes: str) -> str:
        """Return an element with an id of its own."""
        given = {"id": f"uk.org.publicwhip/{self._section}/{self.day}b.1.{next(self._ids)}", **attributes}
        text = "".join(f' {name.replace("_", "-")}="{html.escape(value)}"' for name, value in given.items())
        return f"<{tag}{text}>{inner}</{tag}>\n"

    def heading(self, level: str, title: str) -> str:
        """Return a heading."""
        return self.element(f"{level}-heading", html.escape(title, quote=False), nospeaker="true", colnum="1", url="")

    def said(self, tag: str, member: Member, *paragraphs: str, post: str = "", uin: str = "") -> str:
        """Return the words of a member: a speech, a question or a reply."""
        house = "member" if member.house == COMMONS else "lord"
        who = {"speakerid": f"uk.org.publicwhip/{house}/{member.member_id}", "speakername": self.name(member)}
        office = {"speakeroffice": f"The {post.removeprefix('the ')}"} if post else {}
        number = f' qnum="{uin}"' if uin else ""
        inner = "".join(
            paragraph if paragraph.startswith("<table>") else f"<p{number}>{html.escape(paragraph, quote=False)}</p>"
            for paragraph in paragraphs
        )
        return self.element(tag, inner, **who, **office, colnum="1", url="")

    def name(self, member: Member) -> str:
        """Return a member's name as it is spoken."""
        return member.name_on(self.day).display

    def department(self, house: int) -> tuple[Department, Member, str]:
        """Return a department with the minister who answers for it in a House, and the minister's post."""
        found = [
            (department, ministers[0])
            for department in departments()
            if (ministers := self.people.ministers(department.answering_body_id, house, self.day))
        ]
        department, minister = self.rng.choice(found)
        post = self.people.post_of(minister.member_id, department.answering_body_id, self.day)
        return department, minister, post.partition(" (")[0]


def write_file(parliament: SimulatedParliament, section: str, day: dt.date) -> bytes:
    """Return the newest version of a file."""
    writer = _Writer(parliament, section, day)
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<publicwhip scrapeversion="b" latest="yes">\n'
    body = "".join(_WRITERS[section](writer))
    return f"{head}{body}</publicwhip>\n".encode("latin-1", "xmlcharrefreplace")


def _commons(writer: _Writer) -> Iterator[str]:
    department, minister, post = writer.department(COMMONS)
    topic = writer.rng.choice(department.topics)
    members = list(writer.people.askers(COMMONS, writer.day))
    mover = writer.rng.choice(members)
    yield writer.heading("major", f"{topic.heading} Bill — Report")
    yield writer.said("speech", mover, f"I beg to move amendment 1, which would give {topic.recipients} more.")
    yield writer.said(
        "speech",
        minister,
        f"The {topic.programme} has {millions(writer.rng)} already. I ask that it be withdrawn.",
        post=post,
    )
    yield _division(writer, members, ("aye", "no"))


def _lords(writer: _Writer) -> Iterator[str]:
    _, minister, post = writer.department(LORDS)
    members = list(writer.people.askers(LORDS, writer.day))
    mover = writer.rng.choice(members)
    yield writer.heading("major", f"{departments()[0].topics[0].heading} Bill — Committee")
    yield writer.said("speech", mover, "My Lords, I beg to move Amendment 7 and to test the opinion of the House.")
    yield writer.said("speech", minister, "My Lords, the Government cannot accept it.", post=post)
    yield _division(writer, members, ("content", "not-content"))


def _division(writer: _Writer, members: list[Member], sides: tuple[str, str]) -> str:
    """Return a division in which some members vote, two of each side as tellers."""
    is_commons = sides[0] == "aye"
    voters = writer.rng.sample(members, min(_VOTERS, len(members)))
    cut = writer.rng.randint(1, len(voters) - 1)
    lists, counts = "", {}
    for side, voting in zip(sides, (voters[:cut], voters[cut:]), strict=True):
        tag = "mpname" if is_commons else "lord"
        rows = [
            f'<{tag} id="uk.org.publicwhip/{tag}/{member.member_id}" vote="{side}"{_teller(place)}>'
            f"{html.escape(_listed(writer.name(member)), quote=False)}</{tag}>"
            for place, member in enumerate(voting)
        ]
        counts[side] = len(voting) - (min(2, len(voting)) if is_commons else 0)
        holder = "mplist" if is_commons else "lordlist"
        lists += f'<{holder} vote="{side}">{"".join(rows)}</{holder}>'
    names = ("ayes", "noes") if is_commons else sides
    count = " ".join(f'{name}="{counts[side]}"' for name, side in zip(names, sides, strict=True))
    return writer.element(
        "division",
        f"<divisioncount {count}/>{lists}",
        nospeaker="true",
        divdate=f"{writer.day}",
        divnumber="1",
        colnum="2",
    )


def _teller(place: int) -> str:
    return ' teller="yes"' if place < 2 else ""


def _listed(name: str) -> str:
    """Return a name as the lists print it: "Zouche, Sir Hugh", "Pemberley of Coldharbour, L."."""
    first, _, rest = name.partition(" ")
    if first in _RANKS:
        return f"{rest}, {_RANKS[first]}"
    given, _, family = name.rpartition(" ")
    return f"{family}, {given}" if given else name


def _written_answers(writer: _Writer) -> Iterator[str]:
    numbers = itertools.count(writer.day.toordinal() * 10)
    for _ in range(_QUESTIONS):
        department, minister, _ = writer.department(COMMONS)
        topic = writer.rng.choice(department.topics)
        asker = writer.rng.choice(writer.people.askers(COMMONS, writer.day))
        yield writer.heading("major", department.name)
        yield writer.heading("minor", topic.heading)
        asked = f"To ask {department.target}, what was spent on the {topic.programme} in each of the last two years."
        yield writer.said("ques", asker, asked, uin=f"{next(numbers)}")
        table = _table(writer.rng, writer.day.year)
        yield writer.said("reply", minister, f"The sums for {topic.subject} are in the table.", table)


def _table(rng: random.Random, year: int) -> str:
    rows = "".join(f"<tr><td>{y}</td><td>{thousands(rng)}</td></tr>" for y in (year - 2, year - 1))
    return f"<table><tbody><tr><td>Year</td><td>Spent</td></tr>{rows}</tbody></table>"


def _statements(writer: _Writer) -> Iterator[str]:
    department, minister, post = writer.department(COMMONS)
    topic = writer.rng.choice(department.topics)
    yield writer.heading("major", department.name)
    yield writer.heading("minor", f"{topic.heading}: Review")
    text = f"I am announcing a review of the {topic.programme}, which has {millions(writer.rng)} this year."
    yield writer.said("speech", minister, text, post=post)


_WRITERS: dict[str, Callable[[_Writer], Iterator[str]]] = {
    "debate": _commons,
    "lords": _lords,
    "wrans": _written_answers,
    "wms": _statements,
}
