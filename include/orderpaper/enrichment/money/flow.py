"""Say which way a sum goes, seen from the public purse."""

import re

from orderpaper.enrichment.money.category import Sum
from orderpaper.enrichment.money.labels import is_band
from orderpaper.enrichment.money.nearest import NEAR, nearest, of_labels, patterns

_SAVINGS = re.compile(r"\bsavings?\b", re.IGNORECASE)
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
    "in": r"fin(?:e|es|ed)|penalt\w+|fees?|surcharge|levy|duty|(?-i:e?VED)|fixed\spenalt\w+|licence\sfees?"
    r"|tax\srate|deduct\w*",
    "charge": r"charg(?:e|es|ed)",
    "spending": r"spending",
    "insurance": r"insurance\spremiums?",
    "out": r"(?:receiv\w+|paid|claim\w*)\s(?:\w+\s){0,2}allowances?|payments?|benefits?(?!\sfrom)|pensions?|credit"
    r"|bursar\w+"
    r"|grants?|premium|rebate|discount"
    r"|(?:attendance|maintenance|carer[’']s|standard|living|office|housing|jobseeker[’']s|subsistence)\sallowance"
    r"|attract(?:s|ed|ing)?|entitled\sto|entitlements?|receiv\w+|award(?:ed|s)?|support|stipend\w*|scholarships?|salar\w+|pay|paid|funded|funding"
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
_TAX = re.compile(
    r"\b(?:duty|levy|levies|(?-i:e?VED)|surcharge|excise|toll|tax(?!\s(?:credit|free|relief)))\b", re.IGNORECASE
)
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
_OTHER_CUES, _RATE_CUES = patterns(_OTHER), patterns(_RATE)


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
    if item.labels and (said := of_labels(_RATE_CUES if category == "rate" else _OTHER_CUES, item.labels)):
        return said
    if category == "rate":
        return _of_rate(item)
    if _TAKEN.search(item.before[-NEAR:]) and not _SAVED.search(item.before[-NEAR:]):
        return "in"
    found = nearest(_OTHER_CUES, item, after_weight=1.2) or "none"
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
    found = nearest(_RATE_CUES, item, after_weight=1.5) or ("out" if _GIVES_EACH.search(item.before) else "none")
    if found == "insurance":
        return "none"
    if found in _BY_WHOM:
        return "none" if _PRIVATE.search(item.before[-NEAR:]) else _BY_WHOM[found]
    return found
