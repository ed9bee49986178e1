"""Find the topics that a statement's words name, by the phrases of the seed `topic_keyword`."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from orderpaper.enrichment.words import lists
from orderpaper.enrichment.words.normalise import normalise_subject


@dataclass(frozen=True, slots=True)
class _Keyword:
    """A phrase of a topic, as it is looked for: `wording` has the s of the plural."""

    topic_key: str
    is_included: bool
    phrase: str
    wording: str


@cache
def _keywords() -> tuple[AhoCorasick, list[list[_Keyword]]]:
    """Return the automaton of all wordings, and for each the keywords that have it."""
    by_wording: dict[str, list[_Keyword]] = defaultdict(list)
    for row in lists.read("topic_keyword"):
        phrase = row["phrase"]
        for wording in (phrase,) if phrase.endswith("s") else (phrase, f"{phrase}s"):
            keyword = _Keyword(row["topic_key"], row["keyword_kind"] == "include", phrase, f" {wording} ")
            by_wording[keyword.wording].append(keyword)
    return AhoCorasick(by_wording), list(by_wording.values())


def find_topics(part: str) -> list[tuple[str, str]]:
    """Return each topic and phrase of it in one part of a statement, its heading or its text, in alphabetical order.

    A phrase does not count if an excluded phrase of its topic that stands there too contains it.
    """
    automaton, keywords = _keywords()
    words = f" {normalise_subject(part)} "
    numbers = {number for number, _, _ in automaton.find_matches_as_indexes(words, overlapping=True)}
    found = [keyword for number in numbers for keyword in keywords[number]]
    excluded: dict[str, list[str]] = defaultdict(list)
    for keyword in found:
        if not keyword.is_included:
            excluded[keyword.topic_key].append(keyword.wording)
    return sorted(
        {
            (keyword.topic_key, keyword.phrase)
            for keyword in found
            if keyword.is_included and not any(keyword.wording in wording for wording in excluded[keyword.topic_key])
        }
    )
