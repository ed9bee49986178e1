"""Find the topics that a statement's words name, by the phrases of the seed `topic_keyword`."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from orderpaper.enrichment.words import lists
from orderpaper.enrichment.words.normalise import normalise, normalise_subject

OWN_AFFAIRS = "government"
"""The topic of a heading that begins with the name of a department: "Home Office: Buildings"."""
_OFFICE = re.compile(
    r"(?:Secretar(?:y|ies) of State|Ministers?(?: of State)?) for (?:the )?"
    r"[A-Z][\w’'-]*(?:(?:,? and|,| of|) [A-Z][\w’'-]*){0,8}"
)
"""Matches the name of an office, which is not what a text is about: "the Minister for Water and Flooding"."""
_CONSTITUENCY = re.compile(
    r"\b[A-Z][\w’'-]*(?:(?:,? and|,| of| upon| the| &)* [A-Z][\w’'-]*){0,6} (?:constituency|constituencies)\b"
)
"""Matches a constituency, whose name is not what a text is about: "in Sherwood Forest constituency"."""
_NUMBERED_ROAD = re.compile(r"\b[AM]\d{1,4}(?:\(M\)|\b(?!\())")


@dataclass(frozen=True, slots=True)
class _Keyword:
    """A phrase of a topic, as it is looked for: `wording` has the s of the plural.

    A phrase that begins with % is the end of a word: "%itis".
    """

    topic_key: str
    kind: str
    """include | context | exclude"""
    phrase: str
    wording: str


@cache
def _keywords() -> tuple[AhoCorasick, list[list[_Keyword]]]:
    """Return the automaton of all wordings, and for each the keywords that have it."""
    by_wording: dict[str, list[_Keyword]] = defaultdict(list)
    for row in lists.read("topic_keyword"):
        phrase = row["phrase"]
        for wording in (phrase,) if phrase.endswith("s") else (phrase, f"{phrase}s"):
            searched = f"{wording[1:]} " if wording.startswith("%") else f" {wording} "
            keyword = _Keyword(row["topic_key"], row["keyword_kind"], phrase, searched)
            by_wording[keyword.wording].append(keyword)
    return AhoCorasick(by_wording), list(by_wording.values())


@cache
def _departments() -> dict[str, tuple[str, dict[str, str]]]:
    """Return for each name of a department, as it is compared, its own name and its topics with their kinds."""
    topics: dict[str, dict[str, str]] = defaultdict(dict)
    for row in lists.read("topic_department"):
        topics[row["department_code"]][row["topic_key"]] = row["context_kind"]
    names = {row["department_code"]: normalise(row["name"]) for row in lists.read("department")}
    labels = {name: code for code, name in names.items()}
    labels |= {normalise(row["alias"]): row["department_code"] for row in lists.read("department_alias")}
    return {label: (names[code], topics[code]) for label, code in labels.items()}


@cache
def _names() -> frozenset[str]:
    """Return the full names of departments, as they are compared."""
    return frozenset(normalise(row["name"]) for row in lists.read("department"))


def find_topics(heading: str | None, text: str, department: str | None = None) -> Iterator[tuple[str, str, bool]]:
    """Yield each topic and phrase of it in a statement, and whether the phrase stands in its heading.

    A phrase that needs context counts as the subject of the heading, which stands before its colon. Elsewhere it counts
    beside another phrase of its topic, or where the department that is asked deals with the topic. Some departments
    bring a topic of their own, of which the department's name is the phrase.

    Args:
        heading: the heading of the statement, if it has one.
        text: the statement.
        department: the department that a question is put to, as printed.
    """
    name, usual = _departments().get(normalise(department or ""), ("", {}))
    subject = (heading or "").partition(":")[0]
    if " for " in text:
        text = _OFFICE.sub(" ", text)
    if " constituenc" in text:
        text = _CONSTITUENCY.sub(" ", text)
    headed, written = _phrases(heading or ""), _phrases(text)
    named = headed if subject == heading else _phrases(subject)
    if normalise(subject) in _names():
        headed[OWN_AFFAIRS, normalise(subject)] = "include"
    phrases: dict[str, set[str]] = defaultdict(set)
    for topic_key, phrase in (*headed, *written):
        phrases[topic_key].add(phrase)
    found = [
        (topic_key, phrase, is_in_heading)
        for part, is_in_heading in ((headed, True), (written, False))
        for (topic_key, phrase), kind in sorted(part.items())
        if kind == "include"
        or (is_in_heading and (topic_key, phrase) in named)
        or len(phrases[topic_key]) > 1
        or topic_key in usual
    ]
    yield from found
    topics = {topic_key for topic_key, _, _ in found}
    for topic_key, kind in usual.items():
        if topic_key not in topics and (kind == "always" or (kind == "otherwise" and not topics)):
            yield topic_key, name, False


def _phrases(part: str) -> dict[tuple[str, str], str]:
    """Return each topic and phrase of it in the heading or the text of a statement, with its kind.

    A phrase does not count where it stands in an excluded phrase of its topic.
    """
    automaton, keywords = _keywords()
    words = f" {normalise_subject(_NUMBERED_ROAD.sub('arterial route', part))} "
    matches = automaton.find_matches_as_indexes(words, overlapping=True)
    found = [(keyword, start, end) for number, start, end in matches for keyword in keywords[number]]
    excluded: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for keyword, start, end in found:
        if keyword.kind == "exclude":
            excluded[keyword.topic_key].append((start, end))
    return {
        (keyword.topic_key, keyword.phrase): keyword.kind
        for keyword, start, end in found
        if keyword.kind != "exclude"
        and not any(first <= start and end <= last for first, last in excluded[keyword.topic_key])
    }
