"""Say how certain a sum is: announced, planned, estimated or actual."""

import re
from dataclasses import replace

from orderpaper.enrichment.money.category import WINDOW_BEFORE, Sum
from orderpaper.enrichment.money.nearest import NEAR, nearest, of_labels, patterns

NEAR_RATE = 70
"""The same for a rate, which is in force unless the words beside it say otherwise."""
_ESTIMATING = re.compile(
    r"\b(?:estimat|forecast|expect(?!ed\s(?:end|life|level|role|date|time|standard))|predict|anticipat|modelled|projected|projection|envisag|indicative|provisional(?!\sstatistics|ly\b|\s[\w\s]{0,30}[Ss]ettlement)|(?:analysis|modelling)\s(?:suggest|show|indicat))\w*\b"
    r"(?:[^.;£]|\.(?=\d)|£[\d.]+\w*\s(?:million\s|billion\s)?(?:\w+\s){0,6}?(?:generat|produc|creat|return|compared|against|and)){0,220}$",
    re.IGNORECASE,
)
_ESTIMATE = re.compile(r"\b(?:estimat|forecast|modelled|projected|projection)\w*\b", re.IGNORECASE)
"""Matches in the labels of a table that it gives estimates."""

_CONSEQUENCE = re.compile(
    r"(?:(?:\s(?!will|would|could|can|may|has|have|is|was|and|to\b)[\w’'()/-]+){0,14})(?:,?\s(?:which|that))?\s(?:will|would|could|can|may)\s(?!(?:also\s|now\s)?be\s(?:\w+ly\s)?(?:invest|spen|provid|made|alloc"
    r"|award|distrib|paid|giv|avail|shar|need|requir))"
)
"""Matches after a sum what it will do: "£5m, which will help". That does not say whether the sum itself lies ahead."""
_CERTAINTY: dict[str, str] = {
    "estimated": r"estimat\w*|forecast\w*|expect\w*|project(?:ed|ion|ions)|(?:assessment|analysis|model)\sprojects"
    r"|assum\w+|anticipat\w*|predict\w*"
    r"|could|likely|(?-i:may\s(?:be|cost|rise|reach|total))"
    r"|would|(?<!the\s)potential\w*|modell\w+",
    "announced": r"allocated\sbudget|announc\w*|commit\w*|pledg\w*|approv(?:ed|ing|es)"
    r"|(?:(?:has|have|had)\sbeen\s|was\s|were\s|are\s"
    r"|is\s)?(?:allocat\w*|award(?:ed|ing)|made\savailable|set\saside|earmarked|committed|pledged|announced|confirmed|secured|agreed|offered|retained)"
    r"|(?:is|are)\s(?:now\s)?underway"
    r"|being\s(?:provided|invested|made\savailable|delivered|given)"
    r"|investing|providing|confirm\w*|agreed|secured|available"
    r"|unveil\w*|backed|(?<!be\s)supported\s(?:by|with)"
    r"|(?:is|are|am)\s(?:also\s|now\s)?(?:provid|invest|giv|fund|deliver|offer|mak|receiv|spend)ing"
    r"|guarantee\w*|granted|set\sout"
    r"|package|boost",
    "planned": r"will|shall|plans?(?=\s(?:to|are|is)\b)|planned|planning(?=\sto\b)|intend\w*"
    r"|(?:ha(?:s|ve|d)\sbeen\s)?budgeted|(?-i:budget)|(?-i:budgets)(?=\s(?:of|are|were|for|will)\b)|propos\w+|target\w*|set\sto|due\sto\s(?:be|receive|spend|get|begin|start)"
    r"|aims?|by\sthe\send\sof"
    r"|to\sbe|up\sto\s20\d\d",
    "actual": r"spent|paid|received|actual|was|were|provided|invested|has\sbeen|have\sbeen|had|collected|raised"
    r"|incurred|delivered"
    r"|contributed|transferred|(?-i:Since)|to\sdate|outturn|totalled|gave|given|bought|recovered|reported|ha(?:s|ve)\s(?:\w+ly\s|also\s|already\s"
    r"|now\s)?(?:made(?=\s(?!available)[a-z])|injected|increased|doubled|boosted|supported|funded|transferred|disbursed|used|helped)",
}


_OTHER_CLAUSE = re.compile(
    r"[—;]|\s–\s|,?\s(?:and|but|which|who)\s(?:this|that|these|it|they|we|any|will|would|could|may|can|with|without|if|when|while)\b"
    r"|,\s(?:taking|bringing|making|building|supported|backed|following)\b"
)
"""Matches after a sum where words of another clause begin."""
_APPOSITION = re.compile(r",\s(?:an?|our|the)\s$")
_MAIN_VERB = re.compile(r",\s(?:has|have|had|is|was|were|will)\b")
"""Matches after an apposition ("the Quay Fund, a £5m programme, has") where the main clause goes on."""
_ROSE_FROM = re.compile(
    r"\b(?:from|(?P<compared>compared\s(?:to|with)|(?:up|down)\sfrom))\s(?:an?\s|the\s|around\s|about\s|over\s|total\s|of\s|just\s|under\s|nearly\s|current\s)*$"
)
_TO_MORE = re.compile(r"[^£.;]{0,60}\bto\s(?:[a-z]+\s){0,3}$")
"""Match around the first of two sums of a change, "from £5m to £9m", which is what was before."""
_PARTICIPLE = re.compile(
    r"\b(?:delivered|provided|used|supported|funded|received|raised|collected|spent|paid|given|made)"
    r"(?=\s(?:by|to|for|in|on|through|under)\b)"
)
"""Matches after a sum a participle, which may go with another noun: "training delivered by others"."""
_AUXILIARIES = tuple("been was were has have is are being be already now".split())
_IN_FORCE = re.compile(r"\b(?:current|currently|existing)\b[^.;£]{0,60}$", re.IGNORECASE)
"""Matches before a rate that is in force."""
_ANNOUNCED_THAT = re.compile(
    r"\b(?:announc|confirm|pledg|agree|commit)(?:ed|ted|s|ting|ing|ment|e)?\s(?:that|to\s(?!(?:this|the|our|an?)\b))[^.;£]*$"
    r"|\b(?:announced|confirmed|pledged)\b[^.;£]*$",
    re.IGNORECASE,
)
_SPENT = re.compile(r"\b(?:was|were|been)\s(?:\w+\s)?(?:spent|paid)\b")
_THROUGH = re.compile(
    r"\b(?:through|via|under|from|by|with|including|delivery\sof|part\sof)\s(?:the|our|an?|its)\s(?:new\s)?$"
)
_IS_NAMED = re.compile(
    r"\s(?:[a-z-]+\s){0,4}?(?:(?:[A-Z][\w’&-]*|of|for|and)\s){1,8}?(?:Fund|Programme|Scheme|Grant|Package|Plan|Initiative|programme|scheme|fund)\b"
)
"""Matches a name after a sum that is the size of a fund: it is announced, whatever the fund will do."""
_NAMED_SUBJECT = re.compile(rf"^(?:{_IS_NAMED.pattern})(?=\s(?:was|were|has|have|will|is|are)\b)")
"""Matches such a name if a verb follows: "the £5m Quay Fund was announced"."""
_BY_CATEGORY = {
    ("other", "announced"): "actual",
    ("rate", "announced"): "actual",
}
"""The certainty to read instead, by category and certainty: a word of announcing has another sense there."""
_CERTAINTY_CUES = patterns(_CERTAINTY)
_CERTAINTY_CUES_OF_OTHERS = patterns(
    {
        **_CERTAINTY,
        "planned": rf"(?:introduc|launch)ing|{_CERTAINTY['planned']}",
        "actual": f"costs?|{_CERTAINTY['actual']}",
    }
)
"""For sums that are no funding: a rate that is being introduced is planned, and what cost so much is actual."""


def certainty(item: Sum, category: str) -> str:
    """Return announced, planned, estimated or actual, by the nearest word that says so.

    A word of estimating before the sum counts for the whole clause.
    """
    if item.labels:
        if _ESTIMATE.search(f"{item.labels.column} {item.labels.row} {item.labels.caption}"):
            return "estimated"
        said = of_labels(_CERTAINTY_CUES, item.labels)
        if said is None or said == "announced":  # only funding is announced in a table
            return "announced" if category == "funding" else "actual"
        return said
    if _ESTIMATING.search(item.before):
        return "estimated"
    following = item.after.partition("£")
    earlier = _ROSE_FROM.search(item.before)
    if earlier and (earlier["compared"] or (following[1] and _TO_MORE.fullmatch(following[0]))):
        return "actual"
    after = _PARTICIPLE.sub(_own_participle, _OTHER_CLAUSE.split(item.after, maxsplit=1)[0])
    if _APPOSITION.search(item.before):
        after = _MAIN_VERB.split(after, maxsplit=1)[0]
    if category == "funding":
        after = _NAMED_SUBJECT.sub("", after, count=1)
        after = _CONSEQUENCE.split(after, maxsplit=1)[0]
    own = replace(item, after=after)
    if category == "rate" and _IN_FORCE.search(item.before):
        return "actual"
    reach = NEAR_RATE if category == "rate" else NEAR
    cues = _CERTAINTY_CUES if category == "funding" else _CERTAINTY_CUES_OF_OTHERS
    found = nearest(cues, own, after_weight=1.5, reach=reach)
    farther = None if found else nearest(cues, replace(own, after=""), after_weight=1, reach=WINDOW_BEFORE)
    found = farther if farther == "actual" else found
    if (found, category) == ("planned", "funding") and (
        _ANNOUNCED_THAT.search(item.before) or (_THROUGH.search(item.before) and _IS_NAMED.match(after))
    ):
        return "announced"
    if found == "announced" and category == "spend" and (item.introduction or _SPENT.search(item.after[:NEAR])):
        return "actual"
    return _BY_CATEGORY.get((category, found or ""), found) or ("announced" if category == "funding" else "actual")


def _own_participle(participle: re.Match[str]) -> str:
    """Return a participle that is part of a verb or comes right after the sum, and nothing for another."""
    before = participle.string[: participle.start()].rstrip()
    return participle[0] if not before or before.endswith(_AUXILIARIES) else ""
