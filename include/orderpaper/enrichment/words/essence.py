"""Reduce an answer to what it says: the words, numbers and names by which answers are compared.

Two ministers who give the same answer address different members, call their department by its name or by "we", and
write "this" for "the". What makes answers different is a number, a name or the question that they refer to.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

from orderpaper.enrichment.words import lists
from orderpaper.enrichment.words.normalise import normalise

_HONOURABLE = r"(?:[Rr]t\.? |[Rr]ight )?[Hh]on(?:\.|ourable)? ?(?:and (?:learned|gallant) )?"
_PERSON = re.compile(
    rf"\b(?:(?:[Tt]he|[Mm]y|[Oo]ur|[Hh]is|[Hh]er) )?(?:{_HONOURABLE}|[Nn]oble )"
    r"(?:[Mm]embers?|[Ff]riends?|[Ll]ad(?:y|ies)|[Gg]entlem[ae]n|[Bb]aroness|[Ll]ord)(?:['’]s?)?"
    r"(?:,? (?:the )?(?:[Mm]ember )?for (?:(?:[A-Z][\w’'-]{1,30}|and|upon|the|of),? ?){1,10})?(?: ?\([^)]{1,60}\))?,?"
)
_THANKS = re.compile(r"\bI (?:thank|am grateful to) [^.,]{0,60}?\bfor [^.,]{0,40}?questions?\b[.,]?", re.IGNORECASE)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = rf"(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? 20\d\d)?|\(?\d\d/\d\d(?:/20\d\d)?\)?"
_DAY_OF_ANSWER = re.compile(
    r"(?P<kept>\b(?:answer|repl(?:y|ies)|response|question|given|tabled|gave|answered|\d{3,7})s?\b[^.]{0,60}?)"
    rf" (?:on|of|dated) (?:{_DAY})|(?P<asked>\bquestions?) (?:of )?(?:{_DAY})",
    re.IGNORECASE,
)
_QUESTION_NUMBER = re.compile(
    r"\b(?:questions?|w?pqs?|uins?|official report)\W{0,3}(?:uin |pq |number )?(?P<uin>(?:hl ?)?\d{2,7})",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"\battached\b")
_IS_DEPARTMENT = re.compile(r"Department|Ministry|Office|Treasury|Exchequer|Leader|Minister|^[A-Z][A-Za-z]*[A-Z]$")
"""Matches names that mean a department only. "Wales" and "Education" are also what an answer may be about."""
_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)\b[A-Z][a-z][\w’'-]*")
"""A word with a capital that does not begin a sentence."""
_DIGIT = re.compile(r"\d")
_MONTH_OF_YEAR = re.compile(rf"(?<!\d )(?<!\d(?:st|nd|rd|th) )(?<!\bof )\b({_MONTH}),? (20\d\d)\b")
"""A month that is no part of a day: the quarter to August 2025 is not the quarter to May 2025."""
_PURSUANT = re.compile(
    r"^(?:Further|Pursuant) to [^.,]{0,60}?\b(?:answer|response|reply)\b[^.,]{0,90}?"
    r"\b(?:UIN|questions?|W?PQ) ?(?:HL ?)?\d{2,6},?\s+",
    re.IGNORECASE,
)
"""An opening that says to which answer this one is more; what follows is what is said."""
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ing|ed|es|e|ly|ion)$")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")

_LITTLE = frozenset(
    "a an the this these that those of to in on for by with at as and or is are was were be been being has have had do"
    " does did will would it its we our i my us he she him her his they them their you your there which who also s gave"
    " given give provided requested required department departments departmental question questions uin pq".split()
)
"""Words that say nothing by themselves."""
_NO_NAMES = frozenset(
    "government governments minister ministers secretary state parliament house commons lords member members question"
    " questions budget written ministerial statement prime official report department departments uk britain united"
    " kingdom england".split()
    + [month.lower() for month in _MONTH[3:-1].split("|")]
)
"""Words that are written with a capital without naming something of their own, and months, which are days' words."""
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve"
_SAME = {
    **dict.fromkeys(("reply", "replies", "response", "responses"), "answer"),
    **{"data": "information", "administration": "government"},
    **{word: str(number) for number, word in enumerate(_NUMBERS.split())},
}
_INTERCHANGEABLE = frozenset(
    "necessary tough difficult important vital key crucial essential significant considerable further"
    " additional new current currently now also already recent recently shortly soon full fully wide wider"
    " range broad work help ensure make deliver provide continue remain keep commit committed consider"
    " carefully closely regular regularly appropriate relevant various different good better high strong"
    " strongly any all both each some many such other another can may should must could so therefore however"
    " but not only more most very well up out into within across through between about over under during while"
    " when where what how set take taken taking look including include includes particular particularly"
    " general generally specific specifically following available possible ongoing latest next last first"
    " earliest opportunity course due number level area issue matter approach position record published"
    " publish set out government minister official colleague partner stakeholder answer information engage"
    " engagement discuss discussion meet met meeting raise raised raising support supporting improve improving"
    " increase develop developing review reviewing assess assessing understand understanding aim seek no clear"
    " recognise aware welcome grateful happy please liaise collate determine gather compile"
    " obtain detail details".split()
)
"""Words that people write one for another: what is said stays the same."""


@dataclass(frozen=True, slots=True)
class Essence:
    """The words, numbers and names by which an answer is compared with others."""

    words: list[str]
    """Its words in their order, without those that say nothing, without plurals, and one word for those that mean the
    same."""
    numbers: set[str]
    names: set[str]
    question_numbers: list[str]
    """Numbers of the questions that it names."""

    def places(self) -> dict[tuple[str, str], str]:
        """Return the word between each two neighbours that stand around one word only.

        A word that can stand for another without a change of meaning is left out, and so are numbers, which are
        compared by themselves.
        """
        neighbours = list(zip(["^", *self.words], [*self.words[1:], "$"], strict=False))
        count = Counter(neighbours)
        return {
            pair: root
            for pair, word in zip(neighbours, self.words, strict=False)
            if count[pair] == 1 and word.isalpha() and (root := _root(word)) not in _interchangeable_roots()
        }


def essence(text: str) -> Essence:
    """Return what an answer says."""
    lower = text.lower()  # a look for words that a pattern needs is much faster than the pattern
    if "thank" in lower or "grateful" in lower:
        text = _THANKS.sub(" ", text)
    if lower.startswith(("further to", "pursuant to")):
        text = _PURSUANT.sub("", text)
    if "hon" in lower or "noble" in lower:
        text = _PERSON.sub(" ", text)
    text = _departments().sub(" the department", text)
    question_numbers: set[str] = set()
    if any(word in lower for word in ("question", "pq", "uin", "official report")):
        question_numbers = {found["uin"].replace(" ", "").lower() for found in _QUESTION_NUMBER.finditer(text)}
    if question_numbers or _ATTACHED.search(text):
        # The number of a question says which answer is meant; the day on which it was given adds nothing.
        text = _DAY_OF_ANSWER.sub(lambda found: found["kept"] or found["asked"], text)
    text = _THOUSANDS.sub("", _ORDINAL.sub(r"\1", text))
    words = [_stem(word) for word in normalise(text).split() if word not in _LITTLE]
    months = {f"{year} {month.lower()}" for month, year in _MONTH_OF_YEAR.findall(text)}
    return Essence(
        words=words,
        numbers={word for word in words if not word.isalpha() and _DIGIT.search(word)} | months,
        names={_stem(word) for name in _NAME.findall(text) for word in _name_words(name).split()} - _NO_NAMES - _LITTLE,
        question_numbers=sorted(question_numbers),
    )


_name_words = lru_cache(maxsize=50_000)(normalise)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """Return the word for those that mean the same, without the s of the plural."""
    word = _SAME.get(word, word)
    if len(word) > 5 and word.endswith("ies"):
        return f"{word[:-3]}y"
    singular = word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
    return _SAME.get(singular, singular)


@cache
def _interchangeable_roots() -> frozenset[str]:
    return frozenset(map(_root, _INTERCHANGEABLE))


def _root(word: str) -> str:
    """Return a word without the ending of its form: "set" for "setting"."""
    root = _ENDING.sub("", word)
    return root[:-1] if len(root) > 3 and root[-1] == root[-2] else root


@cache
def _departments() -> re.Pattern[str]:
    """Return the pattern of all names of departments: by their first letter, which is faster, the longest first."""
    departments = lists.read("department")
    names = {row[column] for row in departments for column in ("name", "abbreviation")}
    names |= {row["alias"] for row in lists.read("department_alias")}
    ordered = sorted(filter(_IS_DEPARTMENT.search, filter(None, names)), key=lambda name: (name[0], -len(name), name))
    grouped = [
        f"{re.escape(first)}(?:{'|'.join(re.escape(name[1:]) for name in group)})"
        for first, group in groupby(ordered, key=lambda name: name[0])
    ]
    return re.compile(rf"\b(?:[Tt]he )?(?:{'|'.join(grouped)})(?:['’]s)?\b(?: \([A-Z][A-Za-z]+\))?")
