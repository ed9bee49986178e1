"""Captured payloads as an upstream, in the folder layout of a capture:

written_questions/YYYY-MM.json           rows of list pages, joined: [{value, links}, …]
written_questions/YYYY-MM.fulltext.jsonl whole texts of rows that the list cut: id, question_text, answer_text
written_questions/detail_payloads.json   {records: [{detail_payload: {value, links}}, …]}
members/current_mps_*.json               the register of a day, flattened by its capturer
members/members_<id>.json, members_history_<id>.json   payloads as captured
oral_questions/*.json                    pages of the oral-questions API: {Response: [row, …]}
hansard/*_spoken.json                    {debate_reconciliation: [{debate_overview}, …], records: [contribution, …]}
hansard/debates*.xml                     days in TheyWorkForYou's XML
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from orderpaper.simulate.replay.files import day_of, objects, read
from orderpaper.simulate.replay.hansard import Hansard
from orderpaper.simulate.replay.members import Members
from orderpaper.simulate.replay.written_questions import CapturedQuestion, WrittenQuestions
from orderpaper.simulate.upstream import Json, Post, Span, Window


class Replay:
    """The upstream that a capture amounts to.

    Raises:
        ConfigError: no such folder, no rows in it, or a file that is not in the layout.
    """

    def __init__(self, directory: Path) -> None:
        self._written = WrittenQuestions(directory / "written_questions")
        self._register = Members(directory / "members")
        self._hansard = Hansard(directory / "hansard")
        self._oral_questions = {
            row["Id"]: row
            for path in sorted((directory / "oral_questions").glob("*.json"))
            for row in objects(path, read(path, ("Response",))[0]["Response"], ("Id", "AnsweringWhen"))
        }

    def questions(self, window: Window) -> Sequence[CapturedQuestion]:
        """The captured questions in the window, in the order of the capture."""
        return self._written.within(window)

    def question(self, question_id: int) -> CapturedQuestion | None:
        """The question of that id."""
        return self._written.of_id(question_id)

    def question_tabled(self, tabled_on: dt.date, uin: str) -> CapturedQuestion | None:
        """The question of that number tabled on that day."""
        return self._written.tabled(tabled_on, uin)

    def members(self) -> Mapping[int, Json]:
        """The captured register in the API's own shape."""
        return self._register.register

    def member(self, member_id: int) -> Json | None:
        """A member captured whole, or of the register."""
        return self._register.of_id(member_id)

    def member_history(self, member_id: int) -> Json | None:
        """The captured history, if there is one."""
        return self._register.histories.get(member_id)

    def member_biography(self, _member_id: int) -> Json | None:
        """None: no biographies were captured."""
        return None

    def government_posts(self) -> Sequence[Json]:
        """Empty: no posts were captured."""
        return ()

    def oral_questions(self, days: Span) -> Sequence[Json]:
        """The captured rows of the questions for answer on some days."""
        return [row for row in self._oral_questions.values() if day_of(row["AnsweringWhen"]) in days]

    def hansard_sat(self, day: dt.date, house: int) -> bool:
        """Whether there is anything of a House's day."""
        return bool(self.hansard_sections(day, house))

    def hansard_sections(self, day: dt.date, house: int) -> Sequence[str]:
        """The sections of a day of which something was captured."""
        return self._hansard.sections(day, house)

    def hansard_trees(self, day: dt.date, house: int, section: str) -> Sequence[Json]:
        """The headings of the captured debates of a section."""
        return self._hansard.trees(day, house, section)

    def hansard_debate(self, external_id: str) -> Json | None:
        """A debate with what was captured of it."""
        return self._hansard.debate(external_id)

    def hansard_files(self) -> Mapping[str, bytes]:
        """The captured days in TheyWorkForYou's XML."""
        return self._hansard.days

    def blog_posts(self, _blog: str, _first: int, _count: int) -> Sequence[Post]:
        """Empty: no blog was captured."""
        return ()

    def blog_post(self, _blog: str, _path: str) -> Post | None:
        """None, for the same reason."""
        return None

    def question_listing(self, _day: dt.date) -> str | None:
        """None: no listing was captured as a page."""
        return None

    def debate_digests(self, _day: dt.date) -> Sequence[str]:
        """Empty, for the same reason."""
        return ()
