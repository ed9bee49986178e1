"""Random histories of a warehouse: what lands in one batch after another, what is revised and what is set aside."""

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

import duckdb
from building import MONDAY, Landed, answer, day, document_id, member, question

from orderpaper.records import Answer, Contribution, Debate, GovernmentPost, PostSection, Question, Quote, Record
from orderpaper.records.schema import DOCUMENT_TABLES

NAMES = ("Ada Quill", "Ben Oake", "Cora Finch", "Jess Thornbury")
BODIES = ((1, "Home Office"), (2, "Department for Transport"), (999, "Office of Tides"))
ASKED = (
    "To ask the Secretary of State for the Home Department, what she does for {} coasts in the north of England.",
    "To ask the Secretary of State for the Home Department, how many boats, ropes and nets were bought in {}.",
)
SAID = (
    "We will work with councils, charities and schools to keep the coast and those who live by it safe by {}.",
    "The Riverside Fund provides £{} million to police forces in 2024-25, says the hon. Member for Weir (Ada Quill).",
    "I refer the hon. Member to the answer given on 6 November 2024 to Question {}.",
    "The information requested is not held centrally, because of {}.",
)


@dataclass
class History:
    """A warehouse whose documents land, are parsed again, are given again and are set aside by chance."""

    chance: random.Random
    count: int = 0

    def batch(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Change `raw` as one load might."""
        landed = Landed()
        makers = (
            self._list,
            self._list,
            self._detail,
            self._detail,
            self._copy,
            self._debate,
            self._post,
            self._people,
        )
        for make in (self._people, self._people, *self.chance.choices(makers, k=8)):
            self.count += 1
            make(landed)
        held = [name for (name,) in connection.execute("SELECT document_id FROM raw.document ORDER BY 1").fetchall()]
        for name in self.chance.sample(held, min(2, len(held))):
            self._give_again(landed, name)
        landed.batch()
        landed.rows["batch"][0] |= {
            "batch_id": f"written_questions/{self.count}",
            "interval_end": day("2024-11-15") + dt.timedelta(days=self.count),
        }
        landed.write(connection)
        for name in self.chance.sample(held, min(2, len(held))):
            self._parse_again(connection, name) if self.chance.random() < 0.6 else self._set_aside(connection, name)

    def _document(self, landed: Landed, *kinds: Any, records: list[Record], **facts: Any) -> None:
        fetched_at = MONDAY + dt.timedelta(hours=self.chance.randint(0, 200))
        landed.document(
            f"document {self.count}", *kinds, records=records, fetched_at=fetched_at, is_searched=True, **facts
        )

    def _question(self, ordinal: int, number: int, **facts: Any) -> Question:
        chance, fixed = self.chance, random.Random(number)
        body_id, body = fixed.choice(BODIES)
        usual = {
            "tabled_on": day("2024-11-04") + dt.timedelta(days=fixed.randint(0, 80)),
            "asking_member_id": fixed.choice((101, 102)),
            "answering_body_id": body_id,
            "answering_body_text": body,
            "text": fixed.choice(ASKED).format(fixed.choice(("high risk", "high-risk", "low"))),
            "heading": chance.choice(("Police: Finance", "Coasts", None)),
            "is_withdrawn": chance.random() < 0.1,
        }
        return question(ordinal, facts.pop("question_id", number), **usual | facts)

    def _answer(self, ordinal: int, **facts: Any) -> Answer:
        chance = self.chance
        number = chance.choice((3, 7, 5001, 5002, 5003))
        usual = {
            "answered_on": day("2024-11-06") + dt.timedelta(days=chance.randint(0, 12)),
            "answering_member_id": chance.choice((103, 104, None)),
            "answered_by_text": chance.choice(NAMES),
            "is_holding": chance.random() < 0.2,
        }
        return answer(ordinal, chance.choice(SAID).format(number), **usual | facts)

    def _stated(self, numbers: list[int]) -> list[Record]:
        """Return these questions with their answers, as one list or detail of Parliament's gives them."""
        records: list[Record] = []
        for ordinal, number in enumerate(numbers, start=1):
            tabled_on = self._question(1, number + 1).tabled_on
            group = [f"{tabled_on}/{number + 1}"] if self.chance.random() < 0.2 else []
            records.append(self._question(ordinal, number, grouped_with=group))
            if self.chance.random() < 0.7:
                corrected = {"is_correction": True, "corrected_on": day("2024-12-01"), "original_text": "Two."}
                records.append(self._answer(ordinal, **corrected if self.chance.random() < 0.2 else {}))
        return records

    def _list(self, landed: Landed) -> None:
        numbers = self.chance.sample(range(5001, 5013), 4)
        self._document(landed, "written_questions", "list", "written_question_list", records=self._stated(numbers))

    def _detail(self, landed: Landed) -> None:
        number = self.chance.randint(5001, 5012)
        records = self._stated([number])
        self._document(landed, "written_questions", "detail", "written_question", records=records, url=f"/{number}")

    def _copy(self, landed: Landed) -> None:
        """Add a saved listing: questions without Parliament's id, of which two may share an answer."""
        facts = {"question_id": None, "uin": None, "asking_member_id": None}
        records: list[Record] = [
            self._question(
                ordinal,
                number,
                **facts,
                asked_by_text=self.chance.choice((*NAMES, None)),
                answering_body_id=None,
                tabled_on=None,
                group_ordinal=self.chance.choice((None, 1)),
            )
            for ordinal, number in enumerate(self.chance.sample(range(5001, 5016), 3), start=1)
        ]
        records.append(self._answer(1, question_ordinals=self.chance.choice(([1], [1, 2]))))
        self._document(landed, "inbox", "file", "question_listing", records=records, published_on=day("2024-11-20"))

    def _debate(self, landed: Landed) -> None:
        asker, reply = self.chance.sample(NAMES, 2)
        spoken = {"question_id": None, "uin": None, "question_type": "debate", "asking_member_id": None}
        text = self.chance.choice(("Why?", "What is done for the coasts?"))
        records: list[Record] = [
            Debate(ordinal=1, title="Tides", house="Commons", debated_on=day("2024-11-12"), lead_member_text=reply),
            self._question(1, 6000, **spoken, asked_by_text=asker, text=text),
            self._answer(1, answering_member_id=None, answered_by_text=reply),
            Contribution(
                ordinal=1, debate_ordinal=1, role="question", question_ordinal=1, text=text, speaker_text=asker
            ),
            Contribution(
                ordinal=2,
                debate_ordinal=1,
                role="reply",
                reply_to_ordinal=1,
                answer_ordinal=1,
                text="The police have £3 million.",
                speaker_text=reply,
                speaker_post_text=self.chance.choice((None, "Minister of State (Home Office)")),
            ),
        ]
        self._document(landed, "hansard", "debate", "hansard_debate", records=records, url="/tides")

    def _post(self, landed: Landed) -> None:
        section = f"We have announced a £{self.chance.choice((3, 200))} million Riverside Fund."
        records: list[Record] = [
            PostSection(ordinal=1, text=section, char_start=0, char_end=len(section)),
            Quote(
                ordinal=1,
                section_ordinal=1,
                speaker_text=self.chance.choice(NAMES),
                text="We",
                char_start=0,
                char_end=2,
            ),
        ]
        self._document(
            landed, "inbox", "file", "press_post", records=records, title="Home Office in the media",
            published_on=day("2024-11-20"), text=section,
        )  # fmt: skip

    def _people(self, landed: Landed) -> None:
        """Add a page of the register, a biography or a history."""
        chance = self.chance
        kind = chance.randrange(3)
        if kind == 0:
            parties, seats = ("Labour", "Independent"), ("Weir", "Marshford", "Hollow Bay", "Eastmere")
            records: list[Record] = [
                member(ordinal, 100 + ordinal, NAMES[ordinal - 1], chance.choice(parties), seats[ordinal - 1])
                for ordinal in chance.sample(range(1, 5), 3)
            ]
            self._document(landed, "members", "search", "member_search", records=records)
        elif kind == 1:
            post = GovernmentPost(
                ordinal=1,
                member_id=chance.choice((103, 104)),
                post_text="Minister of State (Home Office)",
                start_on=day("2024-07-08"),
                end_on=chance.choice((None, day("2024-11-10"))),
            )
            self._document(landed, "members", "biography", "member_biography", records=[post], url=f"/{post.member_id}")
        else:
            changed = chance.choice(("2024-11-06", "2024-11-10"))
            spans = [("party", "Labour", "2019-12-12", changed), ("party", "Independent", changed, None)]
            spans += [("house", "Commons", "2019-12-12", None), ("constituency", "Marshford", "2019-12-12", None)]
            self._history(landed, 102, spans)

    def _history(self, landed: Landed, member_id: int, spans: list[tuple[str, str, str, str | None]]) -> None:
        part = Landed()
        part.history(member_id, spans)
        for table, rows in part.rows.items():
            for row in rows:
                changed = {"document_id": document_id(f"document {self.count}")}
                landed.rows[table].append(row | changed)

    def _give_again(self, landed: Landed, name: str) -> None:
        """Add a request that found a document as it was."""
        landed.rows["fetch"].append(
            {
                "fetch_id": f"{name} {self.count}",
                "source": "written_questions",
                "run_id": "again",
                "url": "/again",
                "requested_at": MONDAY + dt.timedelta(days=self.chance.randint(5, 20)),
                "outcome": "not_modified",
                "document_id": name,
                "is_new_document": False,
                "byte_count": 0,
                "elapsed_ms": 1,
                "attempt": 1,
            }
        )

    def _set_aside(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        for table in DOCUMENT_TABLES:
            connection.execute(f"DELETE FROM raw.{table} WHERE document_id = ?", [name])

    def _parse_again(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        """Let a newer parser read a document otherwise: it has other headings, and its answers no last word."""
        version = f"after {self.count}"
        for table in DOCUMENT_TABLES:
            connection.execute(f"UPDATE raw.{table} SET parser_version = ? WHERE document_id = ?", [version, name])
        connection.execute("UPDATE raw.question SET heading = 'Read anew' WHERE document_id = ?", [name])
        connection.execute(
            "UPDATE raw.answer SET text = regexp_replace(text, ' [^ ]*$', '.') WHERE document_id = ?", [name]
        )
