"""Rows for the `raw` tables as parsers record them. Each test file builds the few documents that it asks about."""

import datetime as dt
import hashlib
import typing
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import MISSING, fields
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa

from orderpaper.enrichment.statements import enrich
from orderpaper.enrichment.words import read_words
from orderpaper.records import (
    RECORD_TYPES,
    Answer,
    GovernmentPost,
    Member,
    MemberPeriod,
    Parsed,
    Question,
    Record,
)
from orderpaper.records.schema import DOCUMENT_TABLES, BatchRow, FetchRow, arrow_schema, document_table_schema
from orderpaper.warehouse.raw_tables import BATCH_FACTS, ensure_raw

MONDAY = dt.datetime(2024, 11, 11, 5, tzinfo=dt.UTC)
FRIDAY = dt.datetime(2024, 11, 15, 5, tzinfo=dt.UTC)
FUND = "The Riverside Fund provides £2 million to police forces in 2024-25."
COASTS = "To ask the Secretary of State for the Home Department, what she does for {} coasts."
PLANS = "We will work with councils, charities and schools to keep the coast and those who live by it safe by {}."
MODELS = ("--resource-type", "model", "--resource-type", "seed")
"""Options of dbt: models and seeds, without tests."""
TABLES = {record_type: table for table, record_type in RECORD_TYPES.items()}
EXAMPLES: dict[type, Any] = {
    str: "text",
    int: 1,
    bool: False,
    dt.date: MONDAY.date(),
    Decimal: Decimal(1),
    list: [],
}
"""A value of each type, for fields that a record must have and a test does not give."""


def day(text: str) -> dt.date:
    """Return the day that is written as YYYY-MM-DD."""
    return dt.date.fromisoformat(text)


def document_id(name: str) -> str:
    """Return the id of the document of that name."""
    return hashlib.sha256(name.encode()).hexdigest()


class Landed:
    """Rows for the `raw` tables, collected document by document."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def document(
        self,
        name: str,
        source: str,
        kind: str,
        document_kind: str | None,
        *,
        records: Iterable[Record] = (),
        fetched_at: dt.datetime = MONDAY,
        is_searched: bool = False,
        **facts: Any,
    ) -> None:
        """Add a document with its records.

        The readings of the statements' words are added, and the sums and the members in them too if `is_searched`.
        """
        parsed = Parsed(document_kind=document_kind or "", records=list(records))
        records = enrich(parsed).records if is_searched else [*parsed.records, *read_words(parsed.records)]
        provenance = {"document_id": document_id(name), "source": source, "parser_version": "1"}
        row = {"url": f"/{name}", "media_type": "text/plain", "byte_count": 100, **facts}
        row |= {
            "kind": kind,
            "document_kind": document_kind,
            "fetched_at": fetched_at,
            "record_count": parsed.record_count,
        }
        self.rows["document"].append(provenance | row)
        for record in records:
            own = {field.name: getattr(record, field.name) for field in fields(record)}
            self.rows[TABLES[type(record)]].append(provenance | own)

    def question_list(self, name: str, *records: Record, **facts: Any) -> None:
        """Add a page of the list of written questions with these records."""
        self.document(name, "written_questions", "list", "written_question_list", records=records, **facts)

    def register(self, *people: Member, asked_at: dt.datetime = FRIDAY) -> None:
        """Add a page of the register with these people, which was given last at `asked_at`."""
        self.document("search", "members", "search", "member_search", records=people, fetched_at=asked_at)

    def biography(self, *records: Record) -> None:
        """Add a biography with these records."""
        self.document("biography", "members", "biography", "member_biography", records=records, fetched_at=FRIDAY)

    def posts(self, document_kind: str, asked_on: str, *posts: tuple[int, str, str, str | None]) -> None:
        """Add the biography of a member or the list of government posts: member, post, first and last day of each."""
        records = [
            GovernmentPost(
                ordinal=ordinal,
                member_id=member_id,
                post_text=post,
                start_on=day(start),
                end_on=day(end) if end else None,
            )
            for ordinal, (member_id, post, start, end) in enumerate(posts, start=1)
        ]
        is_list = document_kind == "government_posts"
        self.document(
            f"{document_kind} {posts[0][0]} {asked_on}",
            "members",
            "posts" if is_list else "biography",
            document_kind,
            records=records,
            fetched_at=dt.datetime.fromisoformat(f"{asked_on}T05:00:00+00:00"),
            url="/api/Posts/GovernmentPosts" if is_list else f"/api/Members/{posts[0][0]}/Biography",
        )

    def history(
        self,
        member_id: int,
        spans: Iterable[tuple[str, str, str, str | None]],
        *,
        name: str = "history",
        fetched_at: dt.datetime = FRIDAY,
    ) -> None:
        """Add the history of a member: attribute, value, first and last day of each period."""
        records = [
            MemberPeriod(
                ordinal=ordinal,
                member_id=member_id,
                attribute=attribute,
                value_text=value,
                start_on=day(start),
                end_on=day(end) if end else None,
            )
            for ordinal, (attribute, value, start, end) in enumerate(spans, start=1)
        ]
        self.document(name, "members", "history", "member_history", records=records, fetched_at=fetched_at)

    def batch(
        self, first: str = "2024-11-04", last: str = "2024-11-15", *names: str, source: str = "written_questions"
    ) -> None:
        """Add the batch of an interval, two weeks of written questions unless others are given, with its documents."""
        held = [row for row in self.rows["document"] if row["document_id"] in set(map(document_id, names))]
        self.rows["batch"].append(
            {
                "batch_id": f"{source}/{first}_{last}_{len(self.rows['batch'])}",
                "source": source,
                "interval_start": day(first),
                "interval_end": day(last),
                "document_count": len(names),
                "fetched_at": max((row["fetched_at"] for row in held), default=None),
                "document_ids": [row["document_id"] for row in held],
            }
        )

    def write(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Create the `raw` tables and fill them."""
        ensure_raw(connection)
        schemas = {table: document_table_schema(record_type) for table, record_type in DOCUMENT_TABLES.items()}
        schemas |= {"fetch": arrow_schema(FetchRow), "batch": pa.schema([*arrow_schema(BatchRow), *BATCH_FACTS])}
        for table, rows in self.rows.items():
            connection.register("incoming", pa.Table.from_pylist(rows, schema=schemas[table]))
            connection.execute(f"INSERT INTO raw.{table} BY NAME FROM incoming")
            connection.unregister("incoming")


def rows(warehouse: duckdb.DuckDBPyConnection, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    return warehouse.execute(sql, values).fetchall()


def one(warehouse: duckdb.DuckDBPyConnection, sql: str, *values: Any) -> tuple[Any, ...]:
    """Return the only row of a query."""
    (row,) = rows(warehouse, sql, *values)
    return row


def build(record_type: type[Record], ordinal: int, **facts: Any) -> Any:
    """Return a record with `facts`; its other fields have their defaults, or an example of their type."""
    types = typing.get_type_hints(record_type)
    required = [f.name for f in fields(record_type) if f.default is MISSING and f.default_factory is MISSING]
    examples = {name: EXAMPLES[typing.get_origin(types[name]) or types[name]] for name in required}
    return record_type(**examples | {"ordinal": ordinal} | facts)


def question(ordinal: int, question_id: int, **facts: Any) -> Question:
    """Return a question as the written-questions API gives it, unless `facts` say otherwise."""
    usual: dict[str, Any] = {
        "question_type": "written",
        "uin": str(question_id),
        "house": "Commons",
        "tabled_on": day("2024-11-04"),
        "due_on": day("2024-11-06"),
        "is_named_day": False,
        "is_withdrawn": False,
        "has_declared_interest": False,
        "asking_member_id": 102,
        "answering_body_id": 1,
        "answering_body_text": "Home Office",
        "text": f"To ask the Secretary of State for the Home Department, question {question_id}.",
    }
    return build(Question, ordinal, question_id=question_id, **usual | facts)  # type: ignore[no-any-return]


def answer(ordinal: int, text: str, **facts: Any) -> Answer:
    """Return an answer of a minister to the question with the same ordinal, unless `facts` say otherwise."""
    usual: dict[str, Any] = {
        "question_ordinals": [ordinal],
        "answered_on": day("2024-11-07"),
        "answering_member_id": 104,
    }
    return build(Answer, ordinal, text=text, **usual | facts)  # type: ignore[no-any-return]


def member(ordinal: int, member_id: int, name: str, party: str, seat: str, **facts: Any) -> Member:
    """Return a sitting member of the Commons as the register gives her, unless `facts` say otherwise."""
    usual: dict[str, Any] = {
        "house": "Commons",
        "membership_start_on": day("2019-12-12"),
        "is_current": True,
        "gender": "F",
        "name": name,
        "party_text": party,
        "constituency_text": seat,
    }
    return build(Member, ordinal, member_id=member_id, **usual | facts)  # type: ignore[no-any-return]
