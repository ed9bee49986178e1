"""The answering bodies, with Parliament's own ids and names, and what the simulated questions to them are about.

In `departments.csv`, `weight` is the share of the questions per mille, about as in late 2024. In `topics.csv`, each
phrase fits into the sentences of the `*_wording` modules; the programmes are invented.
"""

import csv
import functools
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of questions."""

    heading: str
    subject: str
    """The thing to be improved: "access to dental services in rural areas"."""
    programme: str
    """An invented fund or programme, without article."""
    recipients: str
    """Those who receive the money of the programme, in the plural."""

    @property
    def words(self) -> dict[str, str]:
        """The words of the topic that stand in sentences, by their names there."""
        return {"subject": self.subject, "programme": self.programme, "recipients": self.recipients}


@dataclass(frozen=True, slots=True)
class Department:
    """An answering body."""

    answering_body_id: int
    name: str
    target: str
    """The addressee of questions: "the Secretary of State for Transport"."""
    weight: int
    topics: tuple[Topic, ...]

    @property
    def head(self) -> str:
        """The office of the minister in charge: "Secretary of State for Transport"."""
        return self.target.removeprefix("the ")


@functools.cache
def departments() -> tuple[Department, ...]:
    """Return every answering body, the busiest first."""
    topics: dict[int, list[Topic]] = {}
    for row in _rows("topics.csv"):
        topics.setdefault(int(row.pop("answering_body_id")), []).append(Topic(**row))
    return tuple(
        Department(
            answering_body_id=int(row["answering_body_id"]),
            name=row["name"],
            target=row["target"],
            weight=int(row["weight"]),
            topics=tuple(topics[int(row["answering_body_id"])]),
        )
        for row in _rows("departments.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
