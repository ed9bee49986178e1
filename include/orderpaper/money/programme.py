"""The fund, grant or programme that a sum belongs to, and who receives it, both as printed."""

import re

_HEADS = (
    "Fund Funds Grant Grants Programme Programmes Program Scheme Schemes Initiative Settlement Plan Partnership"
    " Facility Deal Project Package Allowance Award Awards Accelerator Pilot Guarantee Bank Scholarship Strategy"
    " Challenge Competition Relief Levy Formula Credit Bursary Payment Payments Premium Hubs Response Network"
    " Discount Benefit"
)
"""Words that a programme's name ends with."""
_RECIPIENTS = (
    "police forces|police|forces|councils?|authorit(?:y|ies)|trusts?|schools|colleges|universit(?:y|ies)|boards?"
    "|charit(?:y|ies)|hospices|hospitals|farmers|businesses|governments?|organisations|providers|households|families"
    "|companies|employers|teachers|claimants|victims|countries|communities|partners|pharmacies|practices|clubs|museums"
    "|researchers|fishers|farms|agencies|regulators|prisons|airports|operators|manufacturers|projects"
)
"""Common nouns that receive money."""
_NAME = (
    r"(?:[A-Z][\w’'&/-]*,?\s(?:(?:of|and|for|the|in|to|on|with|&)\s){0,2}){1,9}?(?:\([A-Z][\w-]*\)\s)?"
    rf"(?:{'|'.join(_HEADS.split())})(?:\s(?:{'|'.join(_HEADS.split())}))*\b(?:\s\([A-Z]\w+\))?"
)
_PROPER = r"(?:[A-Z][\w’'&-]*(?:\s(?:of|and|for|the|&|upon|de|in)(?=\s[A-Z]))?\s?){1,8}(?:\([A-Z]\w+\))?"
_GROUP = rf"(?:[\w’'-]+\s){{0,4}}?(?:{_RECIPIENTS})\b"
_BODY = rf"(?:all\s|the\s)*(?:{_GROUP}|{_PROPER})"
_PURPOSE = (
    r"(?!(?:support|help|run|fund|compensate|trial|test|enable|deliver|improve|build|train|recruit|extend|protect|expand"
    r"|develop|provide|ensure|create|assist|give|allow|keep|make|boost|tackle|cover|meet|pay|continue|increase|reduce)\b)"
)
"""After "to", a verb begins a purpose and not a recipient."""
_NAMED_BEFORE = re.compile(rf"(?P<name>{_NAME})(?![^£]*£)")
_NAMED_AFTER = re.compile(rf"\s(?:(?!and\b|of which)[a-z-]+\s){{0,6}}?(?P<name>{_NAME})")
_NAMED_LATER = re.compile(
    r"[^.;£]{0,80}?\b(?:through|under|via|from|for|to|in|into|of|by|as part of)\s"
    r"(?:the\s|its\s|our\s)?(?:[\w-]+\s){0,3}?"
    rf"(?P<name>{_NAME})"
)
_TO = re.compile(
    rf"[^.;,£]{{0,60}}?\b(?:to|among|between|across)\s{_PURPOSE}(?:all\s|the\s|eligible\s)*(?P<who>{_GROUP}|{_PROPER})"
)
_GIVEN = re.compile(
    r"\b(?:award|allocat|grant|provid|pay|offer|giv)(?:s|e|es|ed|ing|en)?\s"
    rf"(?P<who>{_BODY})(?:\s(?:with|a|an|up|over|around|almost|approximately|more)\b[^£]*|\s*)$"
)
_RECEIVES = re.compile(
    rf"(?P<who>{_BODY})\s(?:(?:will|has|have|is|are|was|were|also|had|already|been|each|collectively|then)\s){{0,4}}"
    r"(?:receiv\w+|awarded|allocated|get|gets|given|secured)\b[^£]*$"
)
_NOT_A_BODY = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Budget|England and Wales"
    r"|Parliament|Question|This|These|In"
    r"|(?:[Tt]he )?(?:UK|[Gg]overnment|England)|The|We|It|An?|At|On|For|As)\b(?!\s[A-Z])"
)
_ARTICLE = re.compile(r"^(?:The|This|Our|Its|A|An|In|Through|Under|For|At)\s")


def programme(before: str, after: str) -> str | None:
    """The name of the programme that stands nearest to a sum in its sentence."""
    match = _NAMED_AFTER.match(after[:200]) or _NAMED_LATER.match(after[:200])
    if match is None:
        *_, match = [None, *_NAMED_BEFORE.finditer(before[-200:])]
    return _ARTICLE.sub("", match["name"].strip()) if match else None


def recipient(before: str, after: str) -> str | None:
    """Who receives a sum, where the sentence says so."""
    for match in (_GIVEN.search(before[-200:]), _TO.match(after[:150]), _RECEIVES.search(before[-200:])):
        if match and not _NOT_A_BODY.match(match["who"]):
            return match["who"].strip()
    return None
