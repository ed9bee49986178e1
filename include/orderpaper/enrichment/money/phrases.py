"""Read the noun phrase at a place of a sentence, and say of which kind it is by its last noun.

A phrase ends before a preposition, a verb that is known, or a mark. "27 small rural schools affected by floods" is the
phrase "27 small rural schools", a receiver; "the schools budget" is money.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from orderpaper.enrichment.money import nouns

_TOKEN = re.compile(r"\d[\d,./–-]*\d\w*|[^\W_][\w’'&/%‑-]*|[£$€][\d.,]*\d\w*|[^\s\w]")
_DETERMINERS = nouns.ARTICLES | frozenset(
    "all eligible overall individual relevant other over around nearly almost".split()
)
_PARTS_OF_NAMES = nouns.ENDS_PHRASE | {"&", ","}
_RECEIVER = re.compile(rf"(?:{nouns.RECEIVERS})$", re.IGNORECASE)
_COUNTED = re.compile(rf"(?:{nouns.COUNTED})$")
_NUMBER = re.compile(r"\d|(?:two|three|four|five|six|seven|eight|nine|ten|all)$", re.IGNORECASE)
_MONEY = re.compile(rf"(?:{nouns.MONEY})$", re.IGNORECASE)
_PROGRAMME = re.compile(rf"(?:{nouns.PROGRAMMES})$", re.IGNORECASE)
_BODY = frozenset(nouns.NAMES_OF_BODIES.split())
_AFTER_NOUN = re.compile(
    r"(?:\w{2,}(?:ed|ly|wide)"
    r"|(?!(?:fund|spend|build|train|hous|plann|polic|parent|meet|sav|learn|teach|nurs)ing)\w{2,}ing"
    r"|hit|held|led|run|seen|alone|both)$"
)
"""Matches a word after a noun that only says more of it: "schools affected"."""
_ABBREVIATION = re.compile(r"[A-Z][A-Z&]{2,}s?$")
_TOPIC = re.compile(rf"(?:{nouns.TOPICS}|(?!UNICEF|IMF|RAF|WWF|IDF)[A-Z]{{2,5}}[FG])$")
"""Matches initials of a topic, and those that end with F or G, which are of a fund or grant."""
_BODIES_NAMED_OTHERWISE = ("World Food Programme", "NHS England", "Home Office")
"""Bodies whose names do not end like those of bodies."""
_ONLY_AFTER = {"services": ("support", "rescue", "emergency"), "networks": ("care",), "network": ()}
"""Nouns that are bodies only after certain words."""
_SHORT_FORM = re.compile(r"\s\([A-Z][\w&-]*\)")
_NAMES_SOMEBODY = ("receiver", "body", "name")


class Word(NamedTuple):
    """A word, a number, a sum or a mark, with its place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: `text` as printed, without its article."""

    text: str
    kind: str
    """receiver | body | name | money | time | programme | other. A body is a name that can only be that of a body."""
    first: int
    """The index of its first word."""
    after: int
    """The index of the word after it."""

    @property
    def receives(self) -> bool:
        """Return whether the phrase is surely about somebody who can have money."""
        return self.kind in ("receiver", "body")


class Clause:
    """The words of a part of a sentence, in which noun phrases are read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = [Word(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]

    def __len__(self) -> int:
        return len(self.words)

    def word(self, at: int) -> str:
        """Return the word at an index; the empty string where there is none."""
        return self.words[at].text if 0 <= at < len(self.words) else ""

    def index_at(self, position: int) -> int:
        """Return the index of the first word that begins at or after a position of the text."""
        return next((i for i, word in enumerate(self.words) if word.start >= position), len(self.words))

    def rest(self, found: Phrase) -> str:
        """Return the text after a phrase."""
        return self.text[self.words[found.after - 1].end :]

    def can_be_in_phrase(self, at: int) -> bool:
        """Return whether a noun phrase can contain the word at an index."""
        word = self.word(at)
        if not word[:1].isalnum():
            return False
        return word.lower() not in nouns.ENDS_PHRASE or (word.isupper() and len(word) > 1)

    def is_receiver(self, first: int, at: int) -> bool:
        """Return whether a word is a noun that receives money, in a phrase that begins at `first`."""
        word = self.word(at)
        if not word:
            return False
        if _COUNTED.match(word):
            return _NUMBER.match(self.word(first)) is not None
        if word in _ONLY_AFTER:
            return at > first and (self.word(at - 1) in _ONLY_AFTER[word] or self._is_name_of_one(at))
        return _RECEIVER.match(word) is not None and (word != "government" or at > first)

    def _is_name_of_one(self, at: int) -> bool:
        """Return whether a name stands before a noun in the singular: "the Quay Medicine network"."""
        return self._is_capital(at - 1) and not self.word(at).endswith("s")

    def phrase(self, at: int) -> Phrase | None:
        """Return the noun phrase that begins at an index, if there is one."""
        at += 2 * ((self.word(at), self.word(at + 1)) == ("up", "to"))
        while self.word(at).lower() in _DETERMINERS:
            if self.word(at).lower() == "all" and self.word(at + 1) not in ("of", "the", ""):
                break  # "all local authorities" is printed so
            at += 2 if self.word(at) in ("each", "all", "All") and self.word(at + 1) == "of" else 1
        parts = self._parts(at)
        if not parts:
            return None
        (first, end), *others = parts
        found = self._of_kind(first, end)
        for number, (begin, end) in enumerate(others, 2):
            if found.kind in _NAMES_SOMEBODY:  # "schools, colleges and Ayton Council"
                other = self._of_kind(begin, end)
                if other.kind not in _NAMES_SOMEBODY or self.word(found.after) not in ("and", "&", ",", "or"):
                    break
                kind = next(kind for kind in _NAMES_SOMEBODY if kind in (found.kind, other.kind))
                found = Phrase(self._text(found.first, other.after), kind, found.first, other.after)
            elif found.kind == "other" and (number < len(parts) or self.word(begin - 1) != ","):
                both = self._of_kind(first, end, last=begin)  # "adult and young people’s hospices"
                found = both if both.kind in _NAMES_SOMEBODY else found
        return found

    def last_phrase(self) -> Phrase | None:
        """Return the noun phrase with which the clause ends, if it ends with one."""
        end = start = len(self.words)
        is_list = False
        while start > 0:
            word = self.word(start - 1)
            if self.can_be_in_phrase(start - 1):
                start -= 1
            elif start < end and (word != "," or is_list) and (back := self._joins(start - 1)) is not None:
                start, is_list = back, is_list or word == "and"
            else:
                break
        while start < end:
            found = self.phrase(start)
            if found is None or found.after >= end:
                return found
            start = found.after
        return None

    def _is_capital(self, at: int) -> bool:
        return "A" <= self.word(at)[:1] <= "Z"

    def _text(self, first: int, after: int) -> str:
        return self.text[self.words[first].start : self.words[after - 1].end]

    def _parts(self, at: int) -> list[tuple[int, int]]:
        """Return the parts of a phrase, which "and", "or" and commas join: the index of the first word and past it."""
        parts: list[tuple[int, int]] = []
        while (end := self._run(at)) > at:
            parts.append((at, end))
            if self.word(end) not in ("and", "&", ",", "or"):
                break
            at = end + (2 if self.word(end) == "," and self.word(end + 1) in ("and", "or") else 1)
            if not self.can_be_in_phrase(at):
                break
        return parts

    def _run(self, at: int) -> int:
        """Return the index after a run of words, which may contain "of" within a name."""
        start = at
        while at < len(self.words):
            word = self.word(at)
            if at > start and word in ("last", "next"):
                break
            if (
                self.can_be_in_phrase(at)
                or word == "all"
                or (at > start and self._is_capital(at) and self._is_capital(at - 1))
            ):
                at += 1
            elif at > start and (after := self._name_goes_on(at)):
                at = after
            elif at > start and word == "of" and self.word(at - 1) == "places":
                at += 2  # places of worship
            else:
                break
        return min(at, len(self.words))

    def _name_goes_on(self, at: int) -> int | None:
        """Return the index of the word with which a name goes on after "of" or "for" at an index."""
        after = at + (2 if self.word(at + 1) == "the" else 1)
        if not (self._is_capital(at - 1) and self._is_capital(after) and self.can_be_in_phrase(after)):
            return None
        word, before = self.word(at), self.word(at - 1)
        return after if word in ("of", "de") or (word in ("for", "on") and before in nouns.TAKES_FOR) else None

    def _of_kind(self, first: int, end: int, last: int | None = None) -> Phrase:
        """Return the phrase of some words, whose last part begins at `last`."""
        for at in range(last or first, end):
            is_last = at + 1 == end or _AFTER_NOUN.match(self.word(at + 1))
            if is_last and (self.word(at).endswith("s") or not self._is_capital(at)) and self.is_receiver(first, at):
                return self._made(first, at + 1, "receiver")
        for at in range(last or first, end - 1):  # "Ayton Council totalling"
            if self._is_capital(at) and not self._is_capital(at + 1) and _AFTER_NOUN.match(self.word(at + 1)):
                end = at + 1
                break
        head, name = self.word(end - 1), self._name(first, end)
        owner = self._owner(first, end)
        if (nouns.TIME.match(head) or nouns.TIME.match(self.word(first))) and owner is None:
            return self._made(first, end, "time")
        if name is not None and name.kind != "programme":
            return name
        if _PROGRAMME.match(head):
            return self._made(first, end, "programme")
        if _MONEY.match(head):
            return self._made(first, end, "money")
        if owner is not None:
            return owner
        return self._made(first, end, "other")

    def _owner(self, first: int, end: int) -> Phrase | None:
        """Return the name of whose thing some words speak: "the Board’s building appeal"."""
        for at in range(end - 2, first - 1, -1):
            if self.word(at).endswith(("’s", "'s")):
                owner = self._name(first, at + 1)
                return (
                    Phrase(owner.text, owner.kind, owner.first, end)
                    if owner and owner.kind in ("body", "name")
                    else None
                )
        return None

    def _name(self, first: int, end: int) -> Phrase | None:
        """Return the name with which some words end, if they do."""
        begin = end
        while begin > first and (
            self._is_capital(begin - 1)
            or (first < begin - 1 and begin < end and self.word(begin - 1).lower() in _PARTS_OF_NAMES)
        ):
            begin -= 1
        while begin < end and not self._is_capital(begin):
            begin += 1
        if begin == end:
            return None
        head = re.sub("[’']s?$", "", self.word(end - 1))
        whole = self._text(begin, end)
        whole = whole[: len(whole) - len(self.word(end - 1)) + len(head)]
        is_body = head in _BODY or _ABBREVIATION.match(head) is not None
        is_body = is_body or any(
            self.word(at + 1) in ("of", "for") and (self.word(at) in nouns.TAKES_FOR or self.word(at) in _BODY)
            for at in range(begin, end)
        )
        if whole in _BODIES_NAMED_OTHERWISE:
            is_body = True
        elif _PROGRAMME.match(head) or _MONEY.match(head):
            return self._made(begin, end, "programme")
        elif nouns.NO_NAME.match(whole) or _TOPIC.match(head) or nouns.TIME.match(head):
            return None
        kind = "body" if is_body else "name"
        is_possessive = self.word(end - 1).endswith(("’s", "'s"))
        return Phrase(whole, kind, begin, end) if is_possessive else self._made(begin, end, kind)

    def _made(self, first: int, after: int, kind: str) -> Phrase:
        """Return a phrase with its abbreviation in brackets, if it names somebody."""
        end = self.words[after - 1].end
        short = _SHORT_FORM.match(self.text, end) if kind in _NAMES_SOMEBODY else None
        stop = short.end() if short else end
        while after < len(self.words) and self.words[after].start < stop:
            after += 1
        return Phrase(self.text[self.words[first].start : stop], kind, first, after)

    def _joins(self, at: int) -> int | None:
        """Return the index of the word before "and", a comma or "of" at an index, if a phrase goes on over them."""
        word, before, other = self.word(at), at - 1, self.word(at + 1)
        if self.word(before) in {"and": (",",), "&": (",",), "the": ("of", "for", "and")}.get(word, ()):
            before -= 1
        if not self.can_be_in_phrase(before):
            return None
        one, are_names = self.word(before), self._is_capital(before) and self._is_capital(at + 1)
        if word in ("of", "the", "for", "&", ","):
            return before if are_names else None
        is_adjective = re.search(r"(?:al|ic|ed|ary|ive)$", one) is not None
        is_fire = (one.lower(), other) == ("fire", "rescue")
        is_one = are_names or is_fire or is_adjective or _RECEIVER.match(one) is not None
        return before if word == "and" and is_one else None


def is_topic(word: str) -> bool:
    """Return whether initials are those of a topic and not of a body."""
    return _TOPIC.match(word) is not None
