"""Find out whether an answer answers, by the phrases of the seed `non_answer_phrase` and the sentences they stand in.

A phrase is found in the beginning and the end of an answer, which have its substance. It does not count where the
answer gives something of what was asked all the same: docs/answers.md says what shows that.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from orderpaper.enrichment.words import lists
from orderpaper.enrichment.words.normalise import normalise

_OPENING, _END, _SHORT = 250, 150, 700
_BEGINNING = 300
_OWN_WORDS = 1500
"""How many characters after a reference to another answer show that this one answers too."""

_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\b[Hh]on\.)(?<!\b[Rr]t\.)(?<!\bNo\.)(?<!\bSt\.)\s+(?=[A-Z(])|\n+")
_NO_FIGURE = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+(?: (?:19|20)\d\d)?\b|\b(?:19|20)\d\d(?:[-/–] ?\d\d(?:\d\d)?)?\b"
    r"|\b(?i:questions?|section|paragraph|part|article|clause|schedule|level|stage|age|aged|under|over|covid)[ -]"
    r"(?:UIN )?\d[\d.]*|\b[A-Za-z]+\d+\b"
)
"""Numbers that are no figures: days, years, and those of questions, sections, laws and names."""
_GIVES_DATA = re.compile(
    r"\d|\btables?\b|\battached\b|\bfollowing (?:tables?|figures|data|links?|lists?|numbers)\b"
    r"|\bcan be (?:found|accessed)\b|\bavailable (?:at|here|on GOV)\b",
    re.IGNORECASE,
)
"""Words and digits that show that a sentence gives figures, or says where they are."""
_CONCESSION = re.compile(r"^(?:whilst|while|although|though) ", re.IGNORECASE)
_ACTION = re.compile(
    r"\b(?:has|have) not (?:had|held|made|met|discussed|undertaken|received|conducted)\b"
    r"|\b(?:has|have) (?:had|held) (?:\w+ )?(?:discussions|meetings)|\bhave confirmed\b|\b(?:i|we) wrote to\b"
    r"|\bwe continue to (?:monitor|engage|raise)\b|\b(?:has|have) (?:told|informed|advised) (?:us|me|the department)\b"
    r"|\bregularly (?:engages|meets|liaises)\b|\b(?:engages|meets|liaises) regularly\b"
)
"""Words that show that an answer says what was done or was not: the answer to "whether he has had discussions"."""
_HABIT = re.compile(r"\bregularly (?:liaise|meet|engage|discusse)s?\b|\b(?:liaise|meet|engage)s regularly\b")
"""Words before a phrase that say what is done all the time, which answers the same question."""
_PASSED_ON = ("other_body", "no_plans")
"""Kinds that do not count where the answer says what was done all the same."""
_UPDATE = re.compile(r"\b(?:as an|by way of) update\b|\bi can (?:also |further )?confirm\b")
"""Words after a referral that bring the earlier answer up to date, which answers."""
_OTHER_PART = re.compile(r"\bin (?:answer|response|relation) to parts? [a-e]\b")
"""Words with which an answer takes up another part of the question."""
_SHOWN = re.compile(r"\bfollowing (?:tables?|figures|data|lists?)\b")
"""Words before a phrase in its own sentence that show what is given all the same."""
_FOR_A_TIME = re.compile(
    r" (?:in|for|from|during) (?:19|20)\d\d(?: |$)| (?:before|prior to|earlier than|until) (?:\w+ )?(?:19|20)\d\d"
    r"| (?:earlier|previous|other|later) years(?: |$)| (?:all|each|every) (?:of )?(?:the )?(?:\w+ )?years?(?: |$)"
)
"""Words of a sentence that speak of a part of the time that was asked about."""
_COUNTS_FOR = re.compile(r"\b(?:in|for|during) (?:19|20)\d\d\b", re.IGNORECASE)
"""Matches in a sentence that gives figures for another time."""
_PARTIAL_KINDS = ("not_held", "disproportionate_cost")
"""Kinds that do not count after a sentence that gives figures: one part of the question is answered then."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase, as it is looked for: `%` in the seed stands for any words."""

    kind: str
    text: str
    pattern: re.Pattern[str]
    is_opening_only: bool
    is_decisive: bool


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of an answer: where it begins in the answer's words, its words, and where its own statement begins.

    "Whilst there are no plans for gulls, …" states what comes after the comma.
    """

    start: int
    words: str
    gives_data: bool
    statement_start: int


@cache
def _phrases() -> tuple[AhoCorasick, list[_Phrase]]:
    """Return the automaton of the beginnings of all phrases up to a percent sign, and the phrases in the order in which
    they count.
    """
    rows = sorted(lists.read("non_answer_phrase"), key=lambda row: (int(row["priority"]), row["phrase"]))
    phrases = [
        _Phrase(
            kind=row["non_answer_kind"],
            text=row["phrase"],
            pattern=re.compile(".*?".join(map(re.escape, row["phrase"].split("%")))),
            is_opening_only=row["is_opening_only"] == "true",
            is_decisive=row["is_decisive"] == "true",
        )
        for row in rows
    ]
    return AhoCorasick([phrase.text.partition("%")[0] for phrase in phrases]), phrases


def find_non_answer(text: str) -> tuple[str, str] | None:
    """Return the kind of an answer that does not answer, and the phrase that says so; None for any other answer."""
    words = normalise(text)
    automaton, phrases = _phrases()
    begun = sorted({number for number, _, _ in automaton.find_matches_as_indexes(words, overlapping=True)})
    sentences: list[_Sentence] = []
    for phrase in (phrases[number] for number in begun):
        for place in _places(phrase, words):
            sentences = sentences or list(_sentences(text))  # most answers have no phrase and are not taken apart
            if _counts(phrase, place, sentences, words):
                return phrase.kind, phrase.text
    return None


def _places(phrase: _Phrase, words: str) -> Iterator[int]:
    """Yield where a phrase stands in the beginning and the end of an answer. A short answer counts as both.

    What would cost too much is said so plainly that it counts anywhere.
    """
    if phrase.is_opening_only:
        spans = [(0, _OPENING)]
    elif len(words) <= _SHORT or phrase.kind == "disproportionate_cost":
        spans = [(0, len(words))]
    else:
        spans = [(0, _BEGINNING), (len(words) - _END, len(words))]
    for start, end in spans:
        for found in phrase.pattern.finditer(words, start, end):
            yield found.start()


def _sentences(text: str) -> Iterator[_Sentence]:
    start = 0
    for sentence in _SENTENCE_END.split(text):
        words = normalise(sentence)
        if words:
            conceded = sentence.partition(",")[0] if _CONCESSION.match(sentence) and "," in sentence else ""
            gives_data = bool(_GIVES_DATA.search(_NO_FIGURE.sub(" ", sentence)))
            yield _Sentence(start, words, gives_data, start + len(normalise(conceded)))
            start += len(words) + 1


def _is_for_a_time(sentences: list[_Sentence], index: int) -> bool:
    """Return whether a sentence speaks of a part of the time only, and the next one gives figures for another part."""
    return (
        _FOR_A_TIME.search(sentences[index].words) is not None
        and index + 1 < len(sentences)
        and sentences[index + 1].gives_data
        and _COUNTS_FOR.search(sentences[index + 1].words) is not None
    )


def _counts(phrase: _Phrase, place: int, sentences: list[_Sentence], words: str) -> bool:
    """Return whether a phrase at `place` says that nothing of what was asked is answered."""
    index = bisect_right([sentence.start for sentence in sentences], place) - 1
    if phrase.kind == "referral":
        says_more = len(words) - sentences[1].start > _OWN_WORDS if index == 0 and len(sentences) > 1 else False
        return index == 0 and not says_more and not _UPDATE.search(words)
    if phrase.kind in _PARTIAL_KINDS and any(sentence.gives_data for sentence in sentences[:index]):
        return False
    if phrase.kind in _PARTIAL_KINDS and _is_for_a_time(sentences, index):
        return False
    if phrase.kind in _PARTIAL_KINDS and (
        _SHOWN.search(words, sentences[index].start, place) or _OTHER_PART.search(words, place)
    ):
        return False
    if phrase.kind in _PASSED_ON and not phrase.is_decisive:
        is_answered = index > 0 and phrase.kind == "other_body" and sentences[index - 1].gives_data
        if is_answered or _ACTION.search(words) or _HABIT.search(words, 0, place):
            return False
    return place >= sentences[index].statement_start
