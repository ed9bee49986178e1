"""Read the words of a statement: its topics, and of an answer whether it answers, to which other answer it refers, and
its signature.

All of it follows from one text and from lists of phrases that people edit. So it is read once, when the document is
parsed, and again from the records when the lists or these rules change.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from orderpaper.enrichment.words import lists
from orderpaper.enrichment.words.non_answers import find_non_answer
from orderpaper.enrichment.words.references import find_references
from orderpaper.enrichment.words.signatures import hash_words, sign
from orderpaper.enrichment.words.topics import find_topics
from orderpaper.records import (
    Answer,
    AnswerReference,
    AnswerSignature,
    NonAnswer,
    Question,
    QuestionWords,
    Reading,
    Record,
    Statement,
    TopicMention,
)
from orderpaper.records.types.base import table_name

__all__ = ["read_words", "version"]


@cache
def version() -> str:
    """Return the present version of the lists and the rules: a digest of their files."""
    digest = hashlib.sha256()
    for path in [*map(lists.path, lists.NAMES), *sorted(Path(__file__).parent.glob("*.py"))]:
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def read_words(records: Iterable[Record]) -> list[Reading]:
    """Return the readings of every statement among the records of one document."""
    readings: list[Reading] = []
    ordinals: Counter[type[Reading]] = Counter()
    for record in records:
        if isinstance(record, Statement) and not record.is_repeat:
            for reading_type, facts in _read(record):
                ordinals[reading_type] += 1
                readings.append(
                    reading_type(
                        ordinal=ordinals[reading_type],
                        statement_kind=table_name(type(record)),
                        statement_ordinal=record.ordinal,
                        **facts,
                    )
                )
    return readings


def _read(statement: Statement) -> Iterator[tuple[type[Reading], dict[str, object]]]:
    """Yield the type and the own values of each reading of a statement."""
    heading, department = getattr(statement, "heading", None), getattr(statement, "answering_body_text", None)
    for topic_key, phrase, is_in_heading in find_topics(heading, statement.text, department):
        yield TopicMention, {"topic_key": topic_key, "phrase": phrase, "is_in_heading": is_in_heading}
    if isinstance(statement, Answer):
        yield from _read_answer(statement)
    elif isinstance(statement, Question) and statement.is_searched:
        yield QuestionWords, {"word_hashes": hash_words(statement.text)}


def _read_answer(answer: Answer) -> Iterator[tuple[type[Reading], dict[str, object]]]:
    non_answer = find_non_answer(answer.text)
    if non_answer:
        yield NonAnswer, {"non_answer_kind": non_answer[0], "phrase": non_answer[1]}
    for reference in find_references(answer.text, answer.html, answer.answered_on):
        yield (
            AnswerReference,
            {
                "refers_to_uin": reference.uin,
                "refers_to_on": reference.stated_on,
                "linked_on": reference.linked_on,
            },
        )
    if answer.is_searched:
        yield AnswerSignature, {**sign(answer.text)}
