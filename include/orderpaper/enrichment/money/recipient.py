"""Find who receives a sum, as printed.

A receiver is a noun phrase (`phrases`). After the sum, `walk` finds it. Before the sum, it is the object of giving, the
subject of receiving, or whose money it is ("funding for the police of £5m"). In a list or table, it is the body that
labels the line, or whom the heading names.
"""

import re
from dataclasses import replace

from orderpaper.enrichment.money.phrases import Clause, Phrase
from orderpaper.enrichment.money.walk import helped, is_aim, is_whole_name, receiver_after

WINDOW = 200
"""How many characters before and after a sum are read."""

_MONEY = (
    r"(?i:funding|funds|grants?|support|investments?|allocations?|money|budget|settlement|aid|assistance|capital|uplift"
    r"|increase|boost|contributions?|payments?|package|commitments?|loans?|spending\spower)"
)
_MEASURES = (
    r"(?:(?:up\sto|an?|over|around|nearly|almost|more\sthan|about|approximately|just|under|some|total|of|the|additional"
    r"|further|extra|record|in|excess|at|least)\s)*"
)
_GIVES = re.compile(
    r"\b(?:award|allocat|grant|provid|pay|paid|offer|giv|gave|fund|back|support|suppl[yi]|equip|help)"
    r"(?:s|e|es|ed|d|ing|en)?\s(?!by\b)"
)
_FOUNDS = re.compile(r"\b(?:establish|found|launch|capitalis|creat|set\sup)(?:s|ed|ing)?\s")
_WITH_SUM = re.compile(
    rf"\s*(?:(?:in|across|for)\s(?:the\s)?(?:[A-Z][\w’'-]+\s?|\d[\d/-]*\s?)+)?"
    rf"(?:(?:(?:with|by|through|its|our|new|\()\s?|{_MEASURES[:-1]})*$|(?:to\s[^£.;]{{3,120}}\s)?(?:with|through)\s(?:(?!,\s(?:the|we|this)\s)[^£])*$"
    r"|,\s(?:providing|giving|with)\s[^£]*$|,\s(?:allocating|giving|awarding|providing|granting)\s(?:them|it)\s[^£.;]{0,30}$"
    r"|\sby\s(?:allocating|giving|awarding|providing|granting)\s(?:them|it)\s[^£.;]{0,30}$)"
)
"""Matches between the object of giving and the sum."""
_RECEIVES = re.compile(
    r"\b(?:receiv\w+|attract(?!ive)\w*|gets?|got|secured|(?:(?<=\bbe\s)|(?<=\bbeen\s))provided\swith"
    r"|(?:(?<=\bbe\s)|(?<=\bbeen\s)|(?<=\bis\s)|(?<=\bare\s)|(?<=\bwas\s)|(?<=\bwere\s)|(?<=\bbeing\s))"
    r"(?:awarded|allocated|given|granted|offered|paid)"
    r"|(?:be|been|is|are|was|were|being)\s[a-z]+ly\s(?:awarded|allocated|given|granted|offered|paid)"
    r"|(?:sees?|seen|saw)\san?\s(?:[\w%.-]+\s){0,2}(?:increase|uplift|rise|cut|reduction|boost)"
    r"|benefit(?:s|ed|ing)?\sfrom|(?:beneficiar(?:y|ies)|recipients?)\sof"
    r"|(?:be|been|is|are|was|were|up|also)?\s?(?P<backed>(?:backed|supported)\s(?:by|with)))\b(?!\sa\sshare\sof\sthe\s[A-Z])"
)
_AUXILIARIES = re.compile(
    r"(?:,\s(?:(?:in|of|for)\s)?wh(?:ich|ere|o)\s[^£,]{1,80},)?"
    r"(?:(?:^|\s)(?:will|has|have|is|are|am|was|were|also|had|already|been|be|being|each|collectively|then|now|recently"
    r"|eligible\sto|set\sto|due\sto|expected\sto|would|can|may|to))*\s?$"
)
_PLACE = re.compile(r"\s(?:in|on|across|from)\s(?:the\s)?(?:[A-Z][\w’'-]+\s?(?:and\s(?=[A-Z]))?){1,4}$")
_IN_PHRASE = re.compile(r"\b(?:in|of|across|from|for|to|by|with)\s(?:the\s)?$")
"""Matches before a phrase that is no subject."""
_NEW_CLAUSE = re.compile(r"[;:]\s|\.\s|,\s(?:and|while|but)\s|\bthat\s")
_SECOND = re.compile(r"£[^£;]{0,70}\band\s[^£A-Z]{0,40}$")
"""Matches before the second of two sums of one subject: "received £5m for piers and £2m"."""
_OF_MONEY = re.compile(
    rf"\b{_MONEY}\s(?:(?:made\s)?(?:available|allocated|provided|awarded|given|paid|in-principle)\s)?"
    r"(?:to|for|of|into|in)\s"
)
_IS = re.compile(
    r"(?:\b(?:to|of|by|at|is|was|are|were|be|been|with|worth|totals?|totalling|totalled|reached|increasing|rising|rose"
    rf"|increased|allocating|providing)|\()\s?{_MEASURES}$"
)
"""Matches before a sum that says how much something is."""
_WHOSE = re.compile(
    r"(?:[’']s?)?\s(?:(?:total|annual|overall|core|own|new)\s)?(?:budget|allocation|settlement|funding|grant|award|share"
    r"|(?:core\s)?spending\spower)\s(?:of|to|for|in|on|is|was|will|has|this|by|totals?|totalling|totalled)\b"
)
_POSSESSIVE = re.compile(r"[’']s?\s(?:[a-z-]+\s){0,2}$")
_ITS_SHARE = re.compile(r"\s(?:[a-z-]+\s)?(?:allocation|share|award|grant|budget|settlement)\b")
_HAS = re.compile(
    r"\s(?:will\s|also\s)?(?:has|have|had|holds)(?:\saccess\sto)?(?:\s(?:an?|up|to|over|around|nearly|total|of|budget|core"
    r"|spending|power))*\s$"
)
_OF_FUNDING = re.compile(rf"\s(?:of|in)\s(?:[\w-]+\s){{0,3}}?(?:{_MONEY}|resource|DEL|CDEL|RDEL)\b")
_AS_FOR = re.compile(r"(?:^For|\b[Ii]n\sthe\s(?:case|instance)\sof)\s(?:the\s)?")
_ELIDED = re.compile(
    r"^(?:\sof\s(?:this|that))?,?\s(?:and\s)?(?:the\s)?(?P<who>[A-Z][\w’'&-]*(?:\s(?:of\s)?[A-Z][\w’'-]*){0,4})\s$"
)
_LISTED = re.compile(r"(?:[:;]|\)[;,]?)\s(?:and\s)?(?:the\s)?$")
"""Matches before a member of a list."""
_SHORT = re.compile(r"\s\([A-Z][\w&-]*\)\s?$")
_BRACKET = re.compile(r"\s\([^()£]{1,40}\)$")
_LABEL = re.compile(r"(?:[-•–*]\s?|\(?[a-z0-9]{1,3}[).]\s)?(?P<who>[^£;.:]{3,80}?)(?::\s?|\s[-–—]\s?)?[^A-Za-z]*$")
_OF_GIVING = re.compile(r"\b(?:award|allocat|grant|receiv|fund(?:s|ed|ing)\b|settlement|distribut)", re.IGNORECASE)
"""Matches in the heading of a list or table whose lines say who receives how much."""
_OWN_PURPOSE = re.compile(r"[^.;£,]{0,50}?(?<!compared\s)\b(?:for|to|towards|into|on(?!\sthe\s(?:previous|last)))\s")


def recipient(before: str, after: str, programme_text: str | None) -> str | None:
    """Return the recipient of a sum, if the sentence names one other than its programme."""
    near = before[-WINDOW:]
    found = (
        _possessor(near, after)
        or _given(near)
        or _receiving(near[near.rfind("£") + 1 :])
        or receiver_after(after[:WINDOW], "nvest" in near)
        or (_to_whom(near) if _IS.search(near) else None)
        or _whose(near, after)
        or (_receiving(near) if _SECOND.search(near) else None)
        or _as_for(near)
        or _before_bracket(near)
    )
    if found is None or (programme_text and found.text in programme_text and not _is_owner(found.text, programme_text)):
        return None
    return found.text


def _is_owner(name: str, programme_text: str) -> bool:
    """Return whether a programme is that of somebody: "the Quay Centre’s Gull Project"."""
    return programme_text.startswith((f"{name}’s ", f"{name}'s "))


def is_own_purpose(after: str) -> bool:
    """Return whether a part of a sum is for something of its own, so that the receiver of the total may not have it."""
    return _OWN_PURPOSE.match(after) is not None


def elided(gap: str) -> str | None:
    """Return the recipient between two sums where the verb is left out: "the Bank received £1m, the Treasury £2m"."""
    match = _ELIDED.match(gap)
    return match["who"] if match else None


def of_line(before: str, heading: str) -> str | None:
    """Return the recipient of a sum in a list or table: the body that labels its line, or whom the heading names.

    Args:
        before: the words of the line before the sum: "Ayton Council – ".
        heading: the introduction of the list, or the labels of the table.
    """
    heading = heading.replace("£", "")  # the sign of a unit is no sum before which the search would end
    named = _receiving(heading) or _to_whom(heading)
    match = _LABEL.match(before)
    if match and _OF_GIVING.search(heading):
        label = Clause(match["who"])
        found = label.phrase(0)
        is_one_of_them = found is not None and found.kind == "name" and named is not None and named.kind == "receiver"
        if found and found.after == len(label) and (found.kind == "body" or is_one_of_them):
            return found.text
    return named.text if named else None


def _given(near: str) -> Phrase | None:
    """Return the object of giving: "we awarded the Quay Trust £5m", "we support 20 councils with £5m"."""
    verbs = [*_FOUNDS.finditer(near), *_GIVES.finditer(near)]
    clause = Clause(near) if verbs else None
    for verb in reversed(verbs):
        found = clause.phrase(clause.index_at(verb.end())) if clause else None
        if clause is None or found is None or not (found.receives or found.kind == "name"):
            continue
        between = clause.rest(found)
        if between.startswith(" with ") if verb.re is _FOUNDS else _WITH_SUM.match(between):
            return found
    return None


def _receiving(near: str) -> Phrase | None:
    """Return the subject of receiving: "the Quay Trust, which …, has been awarded £5m"."""
    *_, verb = [None, *_RECEIVES.finditer(near)]
    if verb is None:
        return None
    left = _PLACE.sub("", _AUXILIARIES.sub("", near[: verb.start()])).rstrip()
    found = _at_end(left)
    if found is None or not (found.receives or (found.kind == "name" and not verb["backed"])):
        return None
    if left.endswith((f"{found.text}’s", f"{found.text}'s")):  # a name such as "Barnardo's"
        found = replace(found, text=left[-len(found.text) - 2 :])
    if _IN_PHRASE.search(left.rpartition(found.text)[0]):  # "Ayton Council, in the county of Poole, received"
        return _subject(left)
    return found


def _subject(clause: str) -> Phrase | None:
    """Return the phrase with which a clause begins, if it is of somebody who can surely have money."""
    *_, start = [0, *(match.end() for match in _NEW_CLAUSE.finditer(clause))]
    found = Clause(clause[start:]).phrase(0)
    return found if found and found.receives else None


def _at_end(left: str) -> Phrase | None:
    """Return the phrase with which some words end, with its abbreviation in brackets."""
    short = _SHORT.search(left)
    found = Clause(_BRACKET.sub("", left.rstrip())).last_phrase()
    if found and short and found.kind != "other":
        return replace(found, text=found.text + short[0].rstrip())
    return found


def _to_whom(near: str) -> Phrase | None:
    """Return the last receiver after a word of money and a preposition: "funding for the police"."""
    nouns = [*_OF_MONEY.finditer(near, near.rfind("£") + 1)]
    clause = Clause(near) if nouns else None
    for noun in reversed(nouns):
        if clause is None:
            break
        at = clause.index_at(noun.end())
        found = helped(clause, at) if is_aim(clause, at - 1) else clause.phrase(at)
        if found is None or re.search(r"\.\s|;", clause.rest(found)):
            continue
        is_named = found.kind == "name" and noun[0].endswith(("to ", "for ")) and is_whole_name(clause, found)
        if found.receives or is_named:
            return found
    return None


def _whose(near: str, after: str) -> Phrase | None:
    """Return the body whose money a sum is: "the Consortium funding to £5m", "the Board has £5m of funding"."""
    is_had = _OF_FUNDING.match(after) or "spending power" in near or "budget" in near[-30:]
    match = _HAS.search(near) if is_had else None
    if match is None and _IS.search(near):
        *_, match = [None, *_WHOSE.finditer(near, near.rfind("£") + 1)]
    if match is None or (match.re is _WHOSE and match[0].endswith("to") and not _WITH_SUM.match(near[match.end() :])):
        return None  # "the Ministry’s allocation to the Board is" says nothing of the Ministry
    return _body(_at_end(near[: match.start()]))


def _possessor(near: str, after: str) -> Phrase | None:
    """Return the body that possesses a sum: "the Board’s £5m allocation"."""
    match = _POSSESSIVE.search(near) if _ITS_SHARE.match(after) else None
    return _body(_at_end(near[: match.start()])) if match else None


def _as_for(near: str) -> Phrase | None:
    """Return the body that the sentence is about: "For Ayton Council, the grant is £5m"."""
    match = _AS_FOR.search(near)
    found = _body(Clause(near[match.end() :]).phrase(0)) if match else None
    return None if found is None or found.text.isupper() else found


def _before_bracket(near: str) -> Phrase | None:
    """Return who stands before a sum in brackets: "harbour boards (£5m)", "two deals: Ayton (£5m) and Poole (£6m)"."""
    if not near.endswith("("):
        return None
    left = near[:-1].rstrip()
    found = _at_end(left)
    if found is None or not (found.receives or found.kind == "name"):
        return None
    is_listed = _LISTED.search(left[: len(left) - len(found.text)]) is not None
    return found if found.receives or is_listed else None


def _body(found: Phrase | None) -> Phrase | None:
    return found if found and found.kind == "body" else None
