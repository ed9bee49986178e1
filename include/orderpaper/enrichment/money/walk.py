"""Walk the words after a sum, phrase by phrase, to the one who receives it.

What the money is, when it is given and through which programme may stand between: "£5m of new funding in 2025-26,
through the Quay Fund, to 20 councils". The walk ends where another thing stands, because what follows belongs to it:
in "£5m for the recruitment of teachers" nobody is named.
"""

import re

from orderpaper.enrichment.money.nouns import VERBS_OF_HELP, VERBS_OF_PURPOSE
from orderpaper.enrichment.money.phrases import Clause, Phrase, is_topic

_CLAUSE_END = re.compile(r"[.;£€$:—]\s?(?!\d)|\n|\s–\s")
_OF_TOTAL = re.compile(
    r"^\s(?:of|from)\s(?:the|this|our|that|its)\s£[\d.,]+\d?(?:\s?(?:million|billion|thousand|bn|m|k)\b)?"
)
"""Matches the total of which a sum is a part, after it: "£5m of the £9m was given to councils"."""
_THAT_IS_GIVEN = re.compile(
    r"^\s(?:that|which)\s(?:[\w’]+\s){1,4}?(?:provid|giv|award|allocat)(?:e|es|ed|en|ing)\s(?=to\s)"
)
"""Matches after a sum who gives it, before to whom: "£5m that the Department is giving to"."""
_TO_WHOM = frozenset(("to", "for", "into"))
_AMONG = frozenset(("across", "among", "amongst", "between"))
_PASSED = frozenset("of by from through under via over during within on at as per plus in since until with".split())
"""Prepositions whose phrase is not a receiver's."""
_GIVING = frozenset(
    "has have had been is are was were be being will would can could also already now a an each year going given"
    " paid made put split shared set devolved directly available total which again once includes this the".split()
)
"""Words that may stand between a sum and its receiver: those of a verb of giving, and articles."""
_VERB_OR_ADVERB = re.compile(r"[a-z]+(?:ed|ly)$")
_OTHER_TO = frozenset("compared related relating added linked attributed limited".split())
"""Words after which "to" does not say to whom."""
_MAY = frozenset("will would can could also".split())
_GIVEN_TO = frozenset("given awarded allocated provided paid going distributed granted delegated devolved".split())
"""Words after which "to" says to whom, and no purpose."""
_PARENTHESIS = frozenset("including which worth adjusted launched announced inclusive with subject".split())
"""Words with which an insertion between commas begins."""
_GOES_ON = frozenset("will has is was to for allocated".split())
"""Words with which the sentence goes on after it."""
_ENDS_NAME = frozenset(
    ", ) in over to from which this through since between during as across under will has is are was of".split()
)
"""Words after which nothing goes on with a name."""
_MODIFIER = re.compile(
    r"(?:al|ic|ed|ary|ory|ive|ing|ble|ous|ish|ent|ant|less|ful|[’']s?|-\w+|ly|[^su]s)$"
    r"|^(?:children|people|women|men|small|other|new|core|further|higher|state|community|charity|care|health|fire|police|town|parish|city|county"
    r"|district|faith|sports?|arts|youth|family|early|school|energy|water|rail|bus|tech|food|lead|low|young|older|unitary"
    r"|upper|key|major|many|several|two|three|four|five|six|seven|eight|nine|ten|research|defence|hospice|veteran|victim"
    r"|transport|housing|business|adult|climate|university|sector|public|third|women|trade)$"
)
"""Matches a word with which a phrase begins, and no verb."""
LONGEST_NAME = 3
"""In words. A longer name after "for" is rather that of a topic."""


def receiver_after(after: str, is_invested: bool) -> Phrase | None:
    """Return the receiver of a sum that the words after it name.

    Args:
        after: the sentence after the sum.
        is_invested: whether the sum is invested, so that the receiver may stand after "in".
    """
    after = _THAT_IS_GIVEN.sub(" ", _OF_TOTAL.sub("", after, count=1), count=1)
    end = _CLAUSE_END.search(after)
    text = after[: end.start()] if end else after
    return _Walk(Clause(text), is_invested or "invest" in text).receiver()


class _Walk:
    def __init__(self, clause: Clause, is_invested: bool) -> None:
        self._clause = clause
        self._is_invested = is_invested
        self._at = 0
        self._is_first = True
        self._is_after_name = False

    def receiver(self) -> Phrase | None:
        """Return the receiver to which the walk comes."""
        clause = self._clause
        while self._at < len(clause):
            word, following = clause.word(self._at), clause.word(self._at + 1)
            if word == "(":
                self._at = next((i + 1 for i in range(self._at, len(clause)) if clause.word(i) == ")"), len(clause))
            elif word == "to" and following in ("be", "run", "last"):  # "£5m to be allocated to councils"
                self._at += 2
            elif is_aim(clause, self._at) or (word in _MAY and following in VERBS_OF_HELP):
                if (following, clause.word(self._at + 2)) == ("invest", "in"):
                    invested = clause.phrase(self._at + 3)
                    return invested if invested and invested.receives else None
                return helped(clause, self._at + 1)
            elif word == "in" and following in ("support", "respect") and clause.word(self._at + 2) == "of":
                supported = clause.phrase(self._at + 3)
                return supported if supported and supported.receives else None
            elif word in _TO_WHOM or word in _AMONG or (word == "in" and self._is_invested):
                found = clause.phrase(self._at + 1)
                if found is None or not self._can_be_phrase(word) or self._is_said_before(self._at + 1):
                    return None
                if self._is_receiver(word, found):
                    return found
                if not self._is_passed(word, found):
                    return None
                self._pass(found)
            elif word in _PASSED:
                self._pass(clause.phrase(self._at + 1))
            elif word in _GIVING or _VERB_OR_ADVERB.match(word):
                if word in _OTHER_TO and following in ("to", "with"):
                    return None
                self._at += 1
            elif not self._goes_on(word):
                return None
        return None

    def _is_receiver(self, word: str, found: Phrase) -> bool:
        if self._is_after_name and all(part[0].isupper() for part in found.text.split()):
            return False  # it goes on with a name: "the £5m Plan for Neighbourhoods"
        if found.receives:
            is_bare = found.text.isupper() and self._clause.word(self._at + 1) not in ("the", "our", "its")
            return not (is_bare and word in ("for", "in"))  # initials without an article may be a topic's
        return (
            found.kind == "name"
            and not self._is_after_name
            and (word == "to" or (word in ("for", "into") and is_whole_name(self._clause, found)))
        )

    def _is_said_before(self, at: int) -> bool:
        """Return whether a phrase only points back: "these schemes", but not "these 21 areas"."""
        return self._clause.word(at) in ("these", "those", "such") and not self._clause.word(at + 1)[:1].isdigit()

    def _is_of_topic(self, word: str, found: Phrase) -> bool:
        """Return whether a phrase says what the money is for, and to whom it goes comes next: "for X to councils"."""
        return word == "for" and self._clause.word(found.after) == "to"

    def _is_passed(self, word: str, found: Phrase) -> bool:
        """Return whether the walk goes on after a phrase that is no receiver's."""
        if (
            word == "in"
            or found.kind in ("money", "time", "programme")
            or (found.kind == "name" and self._is_after_name)
        ):
            return True
        return (found.kind == "name" and word in _AMONG) or (found.kind == "other" and self._is_of_topic(word, found))

    def _can_be_phrase(self, word: str) -> bool:
        """Return whether a phrase stands after "to": an unknown verb looks like a noun ("to moor boats")."""
        clause, at = self._clause, self._at + 1
        first = clause.word(at)
        if word != "to" or clause.word(self._at - 1) in _GIVEN_TO or not first[:1].islower() or first == "all":
            return True
        return not clause.can_be_in_phrase(at) or clause.is_receiver(at, at) or _MODIFIER.search(first) is not None

    def _pass(self, found: Phrase | None) -> None:
        """Go past a phrase."""
        self._is_first = False
        self._at = self._at + 1 if found is None else found.after
        self._is_after_name = (
            found is not None
            and found.kind in ("programme", "name")
            and self._clause.word(found.after - 1)[:1].isupper()
            and not (found.kind == "programme" and self._clause.word(found.after) == "to")
        )

    def _goes_on(self, word: str) -> bool:
        """Go past what the money is, or a comma; return whether the sum can still be what the sentence is about."""
        clause, at = self._clause, self._at
        if word == "," and clause.word(at + 1) == "to":
            self._at += 1
            return True
        closing = next((i for i in range(at + 1, len(clause) - 1) if clause.word(i) == ","), None)
        if word == "," and closing is not None:
            self._at = closing + 1
            return clause.word(at + 1) in _PARENTHESIS and clause.word(closing + 1) in _GOES_ON
        is_joined = word in ("and", ",")
        if not is_joined and not clause.can_be_in_phrase(at):
            return False
        found = clause.phrase(at + is_joined)
        if found is None:
            return False
        is_of_sum = found.kind in ("money", "time") or (found.kind == "programme" and not is_joined)
        goes_on = is_of_sum or (self._is_first and not is_joined)
        self._pass(found)
        return goes_on


def is_aim(clause: Clause, at: int) -> bool:
    """Return whether "to" with a verb of purpose or help stands at an index."""
    verb = clause.word(at + 1)
    return clause.word(at) == "to" and (verb in VERBS_OF_HELP or verb in VERBS_OF_PURPOSE)


def helped(clause: Clause, at: int) -> Phrase | None:
    """Return the object of a verb of help, which has the money: "£5m to support councils"."""
    verb = clause.word(at)
    if verb not in VERBS_OF_HELP:
        return None
    if verb in ("help", "enable", "allow", "assist"):  # a verb follows: "to help councils fill potholes"
        noun = next((i for i in range(at + 1, at + 5) if clause.is_receiver(at + 1, i)), None)
        clause = clause if noun is None else Clause(clause.text[: clause.words[noun].end])
    found = clause.phrase(at + 1)
    return found if found and found.receives else None


def is_whole_name(clause: Clause, found: Phrase) -> bool:
    """Return whether a name after "for" is that of a place or body, because nothing goes on with it."""
    parts = [part for part in found.text.split() if part not in ("of", "and", "the", "&") and part[0] != "("]
    if len(parts) > LONGEST_NAME or not all(part[0].isupper() for part in parts) or is_topic(parts[0]):
        return False
    word = clause.word(found.after)
    return word == "" or word in _ENDS_NAME or (word == "and" and not clause.word(found.after + 1)[:1].isupper())
