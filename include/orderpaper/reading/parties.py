"""Tell the names of parties, by which a party differs from a seat wherever the two are printed."""

import re
import unicodedata

_NAMES = (
    "Labour|Lab|Labour Co-op|Lab Co-op|Labour and Co-op|Co-op|Labour Independent|Lab Ind"
    "|Conservative|Con|Tory|Conservative and Unionist|Conservative Independent|Con Ind"
    "|Liberal Democrat|Liberal Democrats|Lib Dem|Lib Dems|LibDem|LD|Liberal|Social Democrat|SDP"
    "|Scottish National|SNP|Plaid Cymru|Plaid|PC|Alba|Green|Greens|Green Party of England and Wales|GP"
    "|Reform UK|Reform|RUK|Brexit|UK Independence|UKIP|Restore Britain|Restore|Respect"
    "|Workers Party of Britain|WPB|Your Party|YP|Change UK|The Independent Group for Change|The Independent Group|TIG"
    "|Democratic Unionist|DUP|Ulster Unionist|Ulster Unionists|UUP|UU|Traditional Unionist Voice|TUV"
    "|Sinn Féin|SF|Social Democratic & Labour|SDLP|Alliance|Alliance Party of Northern Ireland|APNI"
    "|Independent|Independents|Ind|Ind Con|Ind Lab|Ind LD|Ind SD|Ind UU|Speaker|Spk|Lord Speaker|LSpk"
    "|Crossbench|Crossbencher|Cross Bench|Cross-bench|CB|XB|Non-affiliated|Non affiliated|Non-afl|NA"
    "|Bishops|Bshp|Lords Spiritual|Lord Spiritual"
)
"""The names and abbreviations that are printed, those of dbt's seeds among them."""
_MARKS = re.compile(r"[^\w&-]+")
_ANY_PARTY = re.compile(r"(?:[A-Z][\w’'-]* ){1,4}Party(?: of [A-Z]\w+(?: [A-Z]\w+)?)?")
"""Matches the name of a party that says of itself that it is one."""


def is_party(words: str) -> bool:
    """Return whether words are the name of a party, in any of the ways in which it is printed."""
    return _folded(words) in _PARTIES or _ANY_PARTY.fullmatch(words) is not None


def _folded(words: str) -> str:
    """Return a name without accents, capitals and marks, with "&" and "co-operative" in one form, without "Party"."""
    plain = "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c)).casefold()
    plain = _MARKS.sub(" ", plain).replace("&", "and").replace("co-operative", "co-op").strip()
    return plain if plain == "your party" else plain.removesuffix(" party")


_PARTIES = frozenset(map(_folded, _NAMES.split("|")))
