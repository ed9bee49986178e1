"""Find the topics that a statement's words name, by the phrases of the seed `topic_keyword`."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from orderpaper.enrichment.words import lists
from orderpaper.enrichment.words.normalise import normalise, normalise_subject


@dataclass(frozen=True, slots=True)
class _Keyword:
    """A phrase of a topic, as it is looked for: `wording` has the s of the plural."""

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
            keyword = _Keyword(row["topic_key"], row["keyword_kind"], phrase, f" {wording} ")
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


def find_topics(heading: str | None, text: str, department: str | None = None) -> Iterator[tuple[str, str, bool]]:
    """Yield each topic and phrase of it in a statement, and whether the phrase stands in its heading.

    A phrase that needs context counts in the text beside another phrase of its topic, in the heading or the text, or
    where the department that is asked deals with the topic. Some departments bring a topic of their own, of which the
    department's name is the phrase.

    Args:
        heading: the heading of the statement, if it has one.
        text: the statement.
        department: the department that a question is put to, as printed.
    """
    name, usual = _departments().get(normalise(department or ""), ("", {}))
    headed, written = _phrases(heading or ""), _phrases(text)
    phrases: dict[str, set[str]] = defaultdict(set)
    for topic_key, phrase in (*headed, *written):
        phrases[topic_key].add(phrase)
    found = [(topic_key, phrase, True) for topic_key, phrase in sorted(headed)] + [
        (topic_key, phrase, False)
        for (topic_key, phrase), kind in sorted(written.items())
        if kind == "include" or len(phrases[topic_key]) > 1 or topic_key in usual
    ]
    yield from found
    topics = {topic_key for topic_key, _, _ in found}
    for topic_key, kind in usual.items():
        if topic_key not in topics and (kind == "always" or (kind == "otherwise" and not topics)):
            yield topic_key, name, False


def _phrases(part: str) -> dict[tuple[str, str], str]:
    """Return each topic and phrase of it in the heading or the text of a statement, with its kind.

    A phrase does not count if an excluded phrase of its topic that stands there too contains it.
    """
    automaton, keywords = _keywords()
    words = f" {normalise_subject(part)} "
    numbers = {number for number, _, _ in automaton.find_matches_as_indexes(words, overlapping=True)}
    found = [keyword for number in numbers for keyword in keywords[number]]
    excluded: dict[str, list[str]] = defaultdict(list)
    for keyword in found:
        if keyword.kind == "exclude":
            excluded[keyword.topic_key].append(keyword.wording)
    return {
        (keyword.topic_key, keyword.phrase): keyword.kind
        for keyword in found
        if keyword.kind != "exclude" and not any(keyword.wording in wording for wording in excluded[keyword.topic_key])
    }
