"""Say which way a sum goes, seen from the public purse, and how certain it is."""

import re
from dataclasses import replace

from orderpaper.enrichment.money.category import WINDOW_BEFORE, Sum
from orderpaper.enrichment.money.labels import is_band
from orderpaper.enrichment.money.tables import Labels

NEAR = 120
"""How many characters before and after a sum are read."""
NEAR_RATE = 70
"""The same for the certainty of a rate, which is in force unless the words beside it say otherwise."""
_ESTIMATING = re.compile(
    r"\b(?:estimat|forecast|expect(?!ed\s(?:end|life|level|role|date|time|standard))|predict|anticipat|modelled|projected|projection|envisag|indicative|provisional(?!\sstatistics)|(?:analysis|modelling)\s(?:suggest|show|indicat))\w*\b"
    r"(?:[^.;£]|\.(?=\d)|£[\d.]+\w*\s(?:million\s|billion\s)?(?:\w+\s){0,6}?(?:generat|produc|creat|return|compared|against|and)){0,220}$",
    re.IGNORECASE,
)

_SAVINGS = re.compile(r"\bsavings?\b", re.IGNORECASE)
_ESTIMATE = re.compile(r"\b(?:estimat|forecast|modelled|projected|projection)\w*\b", re.IGNORECASE)
"""Matches in the labels of a table that it gives estimates."""

_PRIVATE = re.compile(
    r"\b(?:compan(?:y|ies)|firms?|industry|households?|famil(?:y|ies)|traders?|consumers?|customers?|businesses"
    r"|suppliers?"
    r"|drivers|landlords?|leaseholders?|tenants?|owners?|reprocessors|charit(?:y|ies)|investors?|borrowers|farmers|insur\w+|freeports?|people|higher\seducation|(?<!public\s)sector"
    r"|economy"
    r"|operators?|providers?|societ(?:y|ies)|developers?|spin-?outs?|start-?ups?|universit\w+|bill-?payers|parents|individuals|(?<!assessment\s)(?<!analysis\s)projects|appeals?)\b",
    re.IGNORECASE,
)
_OTHER: dict[str, str] = {
    "in": r"rais(?:e|es|ed|ing)|revenues?|receipts?|yields?|proceeds|recover(?:ed|y|s|ing)?"
    r"|receiv(?:e|es|ed|ing)|repaid|to\s(?:the\s|HM\s)?(?:Treasury|Exchequer|Consolidated\sFund|public\spurse)|clawed\sback"
    r"|seized|confiscat\w*"
    r"|(?:cost-)?sav(?:e|es|ed|ing|ings)|prevent(?:ed|ing|s)?|asset\ssales|disposals?|efficienc\w+|collect(?:ed|s)?|fined|fines|penalt\w+|deduct\w*|dividends?|surcharge"
    r"|ordered\sto\spay|(?:expenditure|spending|costs?)\sby|duty|duties|tax|levy|income|charges?|fees?",
    "none": r"owed|owing|lost|debts?|liabilit\w+|fraud|error|loss(?:es)?|deficit|surplus|exports?|imports?|trade|gdp"
    r"|gva|value|worth|underspen[dt]\w*"
    r"|economy|benefits?|written\soff|wrote\soff|gap|shortfall|exposure|shareholding|profits?|turnover|earnings|rents?|reliefs?|pressures?"
    r"|black\shole"
    r"|private|inheritance(?!\stax)|costs?|invest\w*",
}
_RATE: dict[str, str] = {
    "in": r"fin(?:e|es|ed)|penalt\w+|fees?|surcharge|levy|duty|fixed\spenalt\w+|licence\sfees?"
    r"|tax\srate|deduct\w*",
    "charge": r"charg(?:e|es|ed)",
    "spending": r"spending",
    "insurance": r"insurance\spremiums?",
    "out": r"(?:receiv\w+|paid|claim\w*)\s(?:\w+\s){0,2}allowances?|payments?|benefits?(?!\sfrom)|pensions?|credit|bursar\w+"
    r"|grants?|premium|rebate|discount"
    r"|(?:attendance|maintenance|carer[’']s|standard|living|office|housing|jobseeker[’']s|subsistence)\sallowance"
    r"|entitled\sto|entitlements?|receiv\w+|award(?:ed|s)?|support|stipend\w*|scholarships?|salar\w+|pay|paid|funded|funding"
    r"|supplement"
    r"|eligible\s(?:households?|people|famil(?:y|ies)|customers?|claimants?|applicants?|pensioners?)"
    r"|voucher\w*|incentive|subsid(?:y|ies)|additions?|loans?\sprovide|hellos?|per\s(?:(?!week|month|year|day|if|the)[\w-]+\s){0,5}?(?:pupil|student|child|place|prisoner|patient|officer|school)|hourly\srate|costs?|spend(?!\s(?:files?|data|controls?|thresholds?|limits?))",
    "none": r"thresholds?|turnover|limits?|caps?|capped|ceiling|band\w*|(?:above|below|over|under"
    r"|exceed\w*)(?=\s?$)|fares?|price\w*|value\w*"
    r"|wages?|earn\w*|income|tariff|bills?|rents?|(?<!after\s)(?<!before\s)tax(?![\s-]free)|allowances?|reliefs?|sav(?:e|es|ed|ing|ings)|contracts?|estates?",
}
_PUBLIC = re.compile(
    r"\b(?:HMRC|HM\sRevenue|DWP|Treasury|Exchequer|Government|Department|Ministry|Agency|Council|taxpayers?|public\spurse|we)\b"
)
_TO_PUBLIC = re.compile(
    r"[^.;,£]{0,30}?\b(?:to|for)\s(?:the\s)?(?:UK\s|HM\s)?(?:Government|Treasury|Exchequer|Department|Ministry|HMRC|taxpayer|public\spurse)\b"
)
"""Matches after money that a public body has."""
_TAKEN = re.compile(r"\b(?:deduct|fine[sd]?\b|penalt|confiscat)", re.IGNORECASE)
"""Matches what is taken from companies and people, which is public money."""
_FINE = re.compile(r"\bfines?\sof\s", re.IGNORECASE)
_PENALTY = re.compile(r"\b(?:fine[sd]?|penalt(?:y|ies)|FPNs?|breach)\b[^.;]*$", re.IGNORECASE)
"""Matches before what one pays who breaks a rule."""
_IS_PAID = re.compile(r"\b(?:pay|pays|paying|paid|charged)\s(?:[a-z]+\s){0,4}$")
_TAX = re.compile(r"\b(?:duty|levy|levies|\w*VED|surcharge|excise|toll|tax(?!\s(?:credit|free|relief)))\b", re.IGNORECASE)
"""Matches what the payers in a sentence or the one before pay to the public purse."""
_GIVES_EACH = re.compile(r"\b(?:provides?|gives?|providing|giving)\s[^.;£]{0,120}$")
_SAVED = re.compile(r"\b(?:sav(?:e|es|ed|ing)|reduc\w+|owed|cost\w*)\b", re.IGNORECASE)
_PAID = re.compile(
    r"\b(?:salar(?:y|ies)|payments?|grants?|awards?|bursar(?:y|ies)|allowances?)\s(?:\w+\s){0,2}?(?:of|at|is|was)\s"
    r"(?:(?:an?|over|under|about|around|nearly|up\sto|at\sleast|more\sthan|less\sthan)\s)*$",
    re.IGNORECASE,
)
"""Matches before a sum that a public body pays to each one: "a salary of over £5"."""
_DISREGARDED = re.compile(r"[^.;£]{0,90}\b(?:not\staken\sinto\saccount|disregarded|ignored)\b", re.IGNORECASE)
"""Matches after the part of an income that does not count."""
_UNIT_PRICE = re.compile(r"/(?!week|month|year|day)")
_BY_WHOM = {"charge": "in", "spending": "out"}
"""Words of a rate that say which way it goes only if companies or people are not its subject."""
_THRESHOLD = re.compile(
    r"\bminimum\s(?:salary|income|earnings)\b[^£]{0,60}£|£,?\s?(?:or|and)\s(?:more|above|over|less|below|under|fewer)\b|\b(?:at,?\sor\s|equal\s(?:to\s)?or\s)above,?\s(?:the\s)?£"
    r"|£\s(?:\w+\s)?(?:threshold|limit)\b|\b(?:threshold|limit)\s(?:is|was|of|at|remains|stands\sat)\s£"
    r"|\bworth\s(?:more\sthan|over|less\sthan|at\sleast)\s£",
    re.IGNORECASE,
)
"""Matches a sum from which on something holds."""
_CONSEQUENCE = re.compile(
    r"(?:(?:\s(?!will|would|could|can|may|has|have|is|was|and|to\b)[\w’'()/-]+){0,14}+)(?:,?\s(?:which|that))?\s(?:will|would|could|can|may)\s(?!(?:also\s|now\s)?be\s(?:\w+ly\s)?(?:invest|spen|provid|made|alloc"
    r"|award|distrib|paid|giv|avail|shar|need|requir))"
)
"""Matches after a sum what it will do: "£5m, which will help". That does not say whether the sum itself lies ahead."""
_CERTAINTY: dict[str, str] = {
    "estimated": r"estimat\w*|forecast\w*|expect\w*|project(?:ed|ion|ions)|(?:assessment|analysis|model)\sprojects"
    r"|assum\w+|anticipat\w*|predict\w*"
    r"|could|likely|(?-i:may\s(?:be|cost|rise|reach|total))"
    r"|would|potential\w*|modell\w+",
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
    r"[—;]|\s–\s|,?\s(?:and|but|which|who)\s(?:this|that|these|it|they|we|any|will|would|could|may|can)\b"
    r"|,\s(?:taking|bringing|making|building|supported|backed|following)\b"
)
"""Matches after a sum where words of another clause begin."""
_APPOSITION = re.compile(r",\s(?:an?|our|the)\s$")
_MAIN_VERB = re.compile(r",\s(?:has|have|had|is|was|were|will)\b")
"""Matches after an apposition ("the Quay Fund, a £5m programme, has") where the main clause goes on."""
_ROSE_FROM = re.compile(r"\b(?:from|(?P<compared>compared\s(?:to|with)))\s(?:an?\s|the\s|around\s|about\s|over\s|total\s|of\s|just\s|under\s|nearly\s|current\s)*$")
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
    r"\b(?:announc|confirm|pledg|agree|commit)(?:ed|ted|s|ting|ing|ment|e)?\s(?:that|to)\s[^.;£]*$"
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


def _patterns(kinds: dict[str, str]) -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w’-])(?:" + "|".join(f"(?P<{name}>{words})" for name, words in kinds.items()) + r")(?![\w’-])",
        re.IGNORECASE,
    )


_OTHER_CUES, _RATE_CUES, _CERTAINTY_CUES = _patterns(_OTHER), _patterns(_RATE), _patterns(_CERTAINTY)
_CERTAINTY_CUES_OF_OTHERS = _patterns(
    {
        **_CERTAINTY,
        "planned": rf"(?:introduc|launch)ing|{_CERTAINTY['planned']}",
        "actual": f"costs?|{_CERTAINTY['actual']}",
    }
)
"""For sums that are no funding: a rate that is being introduced is planned, and what cost so much is actual."""


def direction(item: Sum, category: str) -> str:
    """Return out (a public body gives or pays it), in (it receives or saves it), or none."""
    if category in ("funding", "spend"):
        return "out"
    if (
        item.labels
        and category == "other"
        and _SAVINGS.search(f"{item.labels.column} {item.labels.row} {item.labels.caption}")
    ):
        return "in"
    if item.labels and is_band(item.surface, item.labels.column, item.labels.row):
        return "none"
    if item.labels and (said := _of_labels(_RATE_CUES if category == "rate" else _OTHER_CUES, item.labels)):
        return said
    if category == "rate":
        return _of_rate(item)
    if _TAKEN.search(item.before[-NEAR:]) and not _SAVED.search(item.before[-NEAR:]):
        return "in"
    found = _nearest(_OTHER_CUES, item, after_weight=1.2) or "none"
    return "none" if found == "in" and _is_private(item.before[-NEAR:], item.after[:40]) else found


def _is_private(before: str, after: str) -> bool:
    """Return whether companies or people have the money: they are named nearer than a public body, or alone."""
    if _TAKEN.search(f"{before} {after}"):
        return False
    private = [match.end() for match in _PRIVATE.finditer(before)]
    public = [match.end() for match in _PUBLIC.finditer(before)]
    if _TO_PUBLIC.match(after):
        return False
    return private[-1] > max(public, default=-1) if private else not public and _PRIVATE.search(after) is not None


def _of_rate(item: Sum) -> str:
    if _THRESHOLD.search(f"{item.before[-90:]}£{item.after[:20]}"):
        return "none"
    if _DISREGARDED.match(item.after) or _UNIT_PRICE.match(item.after):
        return "none"
    if _FINE.search(item.before[-NEAR:]):
        return "in"
    if _PAID.search(item.before):
        return "out"
    if _PENALTY.search(item.before[-NEAR:]) or (
        _IS_PAID.search(item.before) and _TAX.search(f"{item.previous} {item.before}")
    ):
        return "in"
    found = _nearest(_RATE_CUES, item, after_weight=1.5) or ("out" if _GIVES_EACH.search(item.before) else "none")
    if found == "insurance":
        return "none"
    if found in _BY_WHOM:
        return "none" if _PRIVATE.search(item.before[-NEAR:]) else _BY_WHOM[found]
    return found


def certainty(item: Sum, category: str) -> str:
    """Return announced, planned, estimated or actual, by the nearest word that says so.

    A word of estimating before the sum counts for the whole clause.
    """
    if item.labels:
        if _ESTIMATE.search(f"{item.labels.column} {item.labels.row} {item.labels.caption}"):
            return "estimated"
        said = _of_labels(_CERTAINTY_CUES, item.labels)
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
    said = _CERTAINTY_CUES if category == "funding" else _CERTAINTY_CUES_OF_OTHERS
    found = _nearest(said, own, after_weight=1.5, reach=reach)
    farther = None if found else _nearest(said, replace(own, after=""), after_weight=1, reach=WINDOW_BEFORE)
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


def _of_labels(cues: re.Pattern[str], labels: Labels) -> str | None:
    """Return the kind that the header of a cell's column gives, or else its row, or else the table's caption."""
    for label in (labels.column, labels.row, labels.caption):
        kinds = {match.lastgroup for match in cues.finditer(label)}
        if len(kinds) == 1:
            return kinds.pop()
    return None


def _nearest(cues: re.Pattern[str], item: Sum, after_weight: float, reach: int = NEAR) -> str | None:
    """Return the kind of the cue nearest to a sum; words after it count as farther away by a factor."""
    before, after = item.before[-reach:], item.after[:reach]
    found = [(float(len(before) - m.end()), m.lastgroup) for m in cues.finditer(before)]
    found += [(after_weight * m.start(), m.lastgroup) for m in cues.finditer(after)]
    return min(found, key=_distance)[1] if found else None


def _distance(cue: tuple[float, str | None]) -> float:
    return cue[0]
