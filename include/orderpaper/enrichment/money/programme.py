"""Find the fund, grant or programme of a sum, and its recipient, both as printed."""

import re

WINDOW = 200
"""How many characters before and after a sum a programme's name may begin or end."""

_HEADS = (
    "Fund Funds Grant Grants Programme Programmes Program Scheme Schemes Initiative Settlement Plan Partnership"
    " Facility Deal Project Package Allowance Award Awards Accelerator Pilot Guarantee Scholarship Strategy"
    " Challenge Competition Relief Levy Formula Credit Bursary Payment Payments Premium Hubs Response Network"
    " Discount Benefit Commitment Subsidy Appeal"
)
"""Words that a programme's name ends with."""
_PLAIN_HEADS = "fund|grant|programme|scheme|initiative|allowance|pilot"
"""Last words of names that are printed with a small letter too: "the Clean Quay programme"."""
_RECIPIENTS = (
    "police forces|police|forces|councils?|authorit(?:y|ies)|trusts?|schools|colleges|universit(?:y|ies)|boards?"
    "|charit(?:y|ies)|hospices|hospitals|farmers|businesses|governments?|organisations|providers|households|families"
    "|companies|employers|teachers|claimants|victims|countries|communities|partners|pharmacies|practices|clubs|museums"
    "|researchers|fishers|farms|agencies|regulators|prisons|airports|operators|manufacturers|projects|departments"
)
"""Common nouns that receive money."""
_BODIES = (
    "Council Councils Trust Police Constabulary Association Authority Authorities University College Foundation Service"
    " Agency Board Institute Society Hospital Club Museum Commission Executive Government Committee Federation Union"
    " Centre Programme Organisation Limited Ltd plc"
)
"""Words with which the name of a body ends."""
_HEAD = "|".join(_HEADS.split())
_WORD = r"[A-Z][\w’'&/-]*"
_NAME = (
    rf"(?:(?:{_WORD},?\s(?:(?:(?:of|and|for|in|to|on|with)(?:\sthe)?|&)\s)?){{1,9}}?(?:\([A-Z][\w-]*\)\s)?"
    rf"(?:{_HEAD})(?:\s(?:{_HEAD}))*\b(?:\s\([A-Z]\w+\))?"
    rf"|(?:{_WORD}\s(?:(?:and|of|for)\s)?(?={_WORD}\s)){{1,6}}{_WORD}\s(?:\([A-Z][\w-]*\)\s)?(?:{_PLAIN_HEADS})\b"
    rf"|[A-Z][a-z]*[A-Z]\w*\s(?:{_PLAIN_HEADS})\b"
    r"|(?:local\sgovernment\s(?:finance\s)?|police\s(?:funding\s|grant\s)?)settlement\b)"
)
_PROPER = r"(?:[A-Z][\w’'&-]*(?:\s(?:of|and|for|the|&|upon|de|in)(?=\s[A-Z]))?\s?){1,8}(?:\([A-Z]\w+\))?"
_BODY_NAME = (
    rf"(?:{_WORD}\s(?:(?:of|and|for|&)\s)?){{1,7}}?(?:{'|'.join(_BODIES.split())})\b"
    r"|UK-[A-Z]\w+|(?!CDEL|RDEL)[A-Z]{4,}\b"
)
_GROUP = (
    rf"(?:(?:\d[\d,]*|(?!(?:of|in|from|by|on|at|with|for|as|into|across|that|who)\s)[\w’'-]+)\s){{0,4}}?(?:{_RECIPIENTS})\b"
    r"(?![’']|\s(?:areas?|budgets?|sectors?|services|members?|places|leaders|funding|settlement)\b)"
)
_BODY = rf"(?:all\s|the\s)*(?:{_GROUP}|{_PROPER})"
_PURPOSE = (
    r"(?!(?:support|help|run|fund|compensate|trial|test|enable|deliver|improve|build|train|recruit|extend|protect|expand"
    r"|develop|provide|ensure|create|assist|give|allow|keep|make|boost|tackle|cover|meet|pay|continue|increase|reduce"
    r"|equip|upgrade|refurbish|rebuild|repair|modernise|back|save|transform|invest|attract|address|reach|reform"
    r"|strengthen|restore|maintain|replace|purchase|procure|pilot|promote|encourage|ease|prevent|end|fix|drive|bring"
    r"|establish|launch|open|secure|set)\b)"
)
"""After "to", a verb begins a purpose and not a recipient."""
_NAMED_BEFORE = re.compile(rf"(?<![\w’'-])(?P<name>{_NAME})(?![^£]*£)")
_NAMED_AFTER = re.compile(rf"\+?\s(?:(?!and\b|of which)[a-z-]+\s){{0,6}}?(?P<name>{_NAME})")
_NAMED_LATER = re.compile(
    r"[^.;£]{0,80}?\b(?:through|under|via|from|for|to|in|into|of|by|as part of)\s"
    r"(?:the\s|its\s|our\s)?(?:[\w-]+\s){0,3}?"
    rf"(?P<name>{_NAME})"
)
_TO = re.compile(
    rf"(?:(?!\bto\s)[^.;,£]){{0,60}}?\b(?:to|among|between|across)\s{_PURPOSE}"
    rf"(?:all\s|the\s|eligible\s)*(?P<who>{_GROUP}|{_PROPER})"
)
_FOR = re.compile(
    rf"(?:(?!\bto\s|\bfor\s)[^.;,£]){{0,60}}?\bfor\s(?:all\s|the\s|eligible\s)*(?P<who>{_BODY_NAME}|{_GROUP})"
)
_GIVEN = re.compile(
    r"\b(?:award|allocat|grant|provid|pay|offer|giv)(?:s|e|es|ed|ing|en)?\s"
    rf"(?P<who>{_BODY})(?:\s(?:across|in)\s(?:[A-Z]\w+\s?)+)?(?:\s?\b(?:with|a|an|up|over|around|almost|approximately|more)\b[^£]*|\s*)$"
)
_RECEIVES = re.compile(
    rf"(?P<who>{_BODY})(?:\s\(\w+\))?(?:,\s(?:in\s)?wh(?:ich|ere)\s[^£,]{{1,80}},)?\s(?:(?:will|has|have|is|are|was|were|also|had|already|been|be|each|collectively|then)\s){{0,4}}"
    r"(?:receiv\w+|get|gets|secured|(?<=\bbe\s)provided\swith|(?:(?<=\bbe\s)|(?<=\bbeen\s)|(?<=\bis\s)|(?<=\bare\s)|(?<=\bwas\s)"
    r"|(?<=\bwere\s))(?:awarded|allocated|given|granted))\b[^£]*$"
)
_FOR_FIRST = re.compile(rf"For\s(?:the\s)?(?P<who>{_BODY_NAME}),\s")
_NOT_A_BODY = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Budget|England and Wales"
    r"|Parliament|Question|This|These|In|ODA|GDP|GNI|AI|Barnett|Work|White Paper"
    r"|(?:[Tt]he )?(?:UK|[Gg]overnment|England)|The|We|It|An?|At|On|For|As)\b(?!\s[A-Z])"
)
_LEADING = re.compile(
    r"^(?:(?:the|this|our|its|a|an|and|in|on|to|of|as|by|through|under|for|at|from|via|with|within|since|new"
    r"|(?:UK\s)?government(?:[’']s)?|department[’']s)\s)+(?=\S)",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"^(?:all\s|the\s)+", re.IGNORECASE)
_BODY_NAMED_SO = re.compile(r"World Food Programme|United Nations\b")
"""Bodies whose names end like those of programmes."""
_POSSESSIVE = re.compile(r"[’']s\b.*$", re.DOTALL)


def programme(before: str, after: str) -> str | None:
    """Return the programme's name that is nearest to a sum in its sentence, without an article."""
    match = _NAMED_AFTER.match(after[:WINDOW]) or _NAMED_LATER.match(after[:WINDOW])
    if match is None:
        *_, match = [None, *_NAMED_BEFORE.finditer(before)]
        if match is None or len(before) - match.end() > WINDOW:
            return None
    name = _LEADING.sub("", match["name"].strip())
    return name if " " in name and not _BODY_NAMED_SO.match(name) else None


def recipient(before: str, after: str, programme_text: str | None) -> str | None:
    """Return the recipient of a sum, if the sentence names one other than its programme."""
    near = before[-WINDOW:]
    for match in (
        _GIVEN.search(near),
        _TO.match(after[:150]),
        _FOR.match(after[:150]),
        _RECEIVES.search(near),
        _FOR_FIRST.match(before),
    ):
        if match and not _NOT_A_BODY.match(match["who"]):
            who = _DETERMINER.sub("", match["who"].strip())
            who = _POSSESSIVE.sub("", who) if who[:1].isupper() else who
            return who if who != programme_text else None
    return None
