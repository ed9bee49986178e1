"""Find who receives a sum, as printed.

A recipient is a noun phrase that ends in a noun of `nouns`, or a name, at a place of the sentence where a receiver
stands: the subject of receiving, the object of giving, or after "to", "for", "into" and "across".
"""

import re
from collections.abc import Iterator

from orderpaper.enrichment.money.nouns import BODIES_OF_OTHERS, BODIES_OF_THE_PUBLIC, NAMES_OF_BODIES, RECEIVERS

WINDOW = 200
"""How many characters before and after a sum are read."""

_WORD = r"[A-Z][\w’'&/-]*"
_PROPER = (
    r"(?:[A-Z][\w’'&-]*(?:\s(?:(?:of|and)(?:\sthe)?|(?:(?<=Office\s)|(?<=Centre\s)|(?<=Agency\s)|(?<=Institute\s)"
    r"|(?<=Alliance\s)|(?<=Commissioner\s)|(?<=Commission\s)|(?<=Organisation\s)|(?<=Council\s)|(?<=Association\s)"
    r"|(?<=Society\s)|(?<=Coalition\s)|(?<=Foundation\s))for(?:\sthe)?|&|upon"
    r"|de)(?=\s[A-Z]))?\s?){1,10}(?:\([A-Z]\w+\))?"
)
_BODY_NAME = (
    rf"(?:{_WORD}\s(?:(?:of|and|for|&)\s)?){{1,7}}?(?:{'|'.join(NAMES_OF_BODIES.split())})\b(?!\s[A-Z][a-z])"
    r"|(?:Department|Ministry)\s(?:of|for)(?:\sthe)?\s[A-Z]\w+(?:(?:,|\sand|,\sand)?\s[A-Z]\w+){0,5}"
    r"|Home\sOffice|NHS\sEngland"
    r"|UK-[A-Z]\w+|(?!CDEL|RDEL)[A-Z]{4,}\b(?=\s?(?:[.,;:)(’']|and\b|to\b|in\b|for\b|this\b|ha[sd]\b|is\b|will\b|$))"
)
_SHORT_NAME = (
    r"(?!(?:UK|AI|SEND|VAT|GDP|ODA|CDEL|RDEL|WASH|EU|IT|NI|R&D|SMEs?|PE|ME|EVs?|[A-Z]{1,4}[FG])\b)[A-Z][A-Z&]{2,5}s?"
)
"""Matches an abbreviation. One that ends with F or G is that of a fund or grant."""
_OPENS_NO_NAME = (
    r"(?!(?:of|in|from|by|on|at|with|for|as|into|across|that|who|to|help|helps|helping|support|supports|supporting"
    r"|and|the|this|means|these"
    r"|which|our|its|their|has|have|is|are|was|were|will|between|among|through|under|over|via|or)\s)"
)
_ENDS_PHRASE = (
    r"(?![’'-]|\s(?:budgets?|sectors?|members?|leaders|funding|settlement|housing|building|buildings|planning"
    r"|training|spending"
    r"|staff|places|network|networks|programmes?|schemes?|grants?|funds?|budget|services?|workforce|officers|support"
    r"|estate|areas"
    r"|infrastructure|reform|improvement|development|reserve|level|premium|sport|food|meals|standards|resilience"
    r"|cohesion)\b)"
)
"""Matches after the last noun of a phrase: not before another noun ("the schools budget")."""
_NOUNS = (
    rf"(?:small\s(?:and|or|to)\smedium(?:[-\s]sized)?\s|[\w-]+(?:al|ic|ed|ary|ive)\sand\s(?=[\w-]+(?:al|ic|ed|ary"
    rf"|ive)\s)|{_OPENS_NO_NAME}(?:\d[\d,.]*|[\w’'-]+)\s){{0,5}}"
)
_GROUP = (
    r"(?:\d[\d,]*\s(?:(?:[A-Z]{2,5}|[a-z-]+)\s){0,2}areas\b|(?:all\s)?(?:\d[\d,]*\s)?fire and rescue (?:authorities"
    r"|services)\b|(?:[a-z’'-]+\s){1,3}support\sservices\b"
    r"|(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten)\s(?:[a-z-]+\s){0,3}?(?:projects|pilots|schemes)\b"
    rf"|(?:all\s)?{_NOUNS}?(?:{RECEIVERS})\b(?:(?:,"
    rf"|\sand)\s(?:[a-z-]+\s){{0,2}}?(?:{RECEIVERS})\b)?{_ENDS_PHRASE}(?:\s\([A-Z]\w+\))?)"
)
_BODIES = rf"(?:all\s)?{_NOUNS}?(?:{BODIES_OF_THE_PUBLIC}|{BODIES_OF_OTHERS})\b{_ENDS_PHRASE}(?:\s\([A-Z]\w+\))?"
_ONE = r"[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3}"
_NAMES = rf"(?:{_ONE},\s){{1,5}}(?:and\s)?{_ONE}(?:,?\sand\s{_ONE})?"
"""Matches several names: "Ayton, Beckton and Poole"."""
_BODY = rf"(?:the\s)?(?:{_GROUP}|{_PROPER})"
_SUM = r"£[\d.,]+(?:\s?(?:million|billion|thousand|bn|m|k)\b)?"
_MONEY = (
    r"(?:funding|funds|grants?|support|investment|allocations?|money|budget|settlement|aid|assistance|capital|resource)"
)
_GRANTED = (
    r"(?:package|funding|support|aid|assistance|grant|investment|plan|deal|boost|uplift|settlement|allocation"
    r"|contribution|donation)"
)
_AUXILIARY = (
    r"(?:(?:will|has|have|is|are|am|was|were|also|had|already|been|be|being|each|collectively|then|now|recently"
    r"|eligible\sto|set\sto|due\sto)\s)"
)
_PURPOSE = (
    r"(?!(?:support|help|run|fund|compensate|trial|test|enable|deliver|improve|build|train|recruit|extend|protect"
    r"|expand"
    r"|develop|provide|ensure|create|assist|give|allow|keep|make|boost|tackle|cover|meet|pay|continue|increase|reduce"
    r"|equip|upgrade|refurbish|rebuild|repair|modernise|back|save|transform|invest|attract|address|reach|reform"
    r"|strengthen|restore|maintain|replace|purchase|procure|pilot|promote|encourage|ease|prevent|end|fix|drive|bring"
    r"|establish|launch|open|secure|set|hire|employ|convert|scale|grow|bolster|reimburse|accelerate|sustain|complete"
    r"|get|empower"
    r"|stimulate|target|grant|double|embed|enhance|facilitate|implement|install|incentivise|raise|purchase|acquire"
    r"|carry|conduct|undertake)\b)"
)
"""After "to", a verb begins a purpose and not a recipient."""

_TO = re.compile(
    rf"(?:(?!\bto\s)[^.;,£]){{0,70}}?\bto\s{_PURPOSE}"
    rf"(?:each\sof\s|all\sof\s|the\s|eligible\s)*(?P<who>{_GROUP}|{_PROPER})"
)
_ACROSS = re.compile(
    rf"(?:(?!\bto\s)[^.;,£]){{0,70}}?\b(?:among|amongst|between|across|shared\sby)\s(?:each\sof\s|all\sof\s|the\s"
    rf"|eligible\s)*(?P<who>{_GROUP}|{_PROPER})"
)
_FOR = re.compile(rf"(?:(?!\bto\s|\bfor\s)[^.;,£]){{0,70}}?\bfor\s(?:the\s|eligible\s)*(?P<who>{_BODY_NAME}|{_GROUP})")
_GIVEN = re.compile(
    r"\b(?:award|allocat|grant|provid|pay|offer|giv|fund|back|support|supply|supplie|equip)(?:s|e|es|ed|d|ing|en)?\s"
    rf"(?P<who>{_BODY})(?:\s(?:across|in)\s(?:[A-Z]\w+\s?)+)?(?:\s?\b(?:with|a|an|up|over|around|almost"
    rf"|approximately|more)\b[^£]*|\s*)$"
)
_FOUNDED = re.compile(
    rf"\b(?:establish|found|launch|capitalis|creat|set\sup)(?:s|ed|ing)?\s(?:the\s|an?\s)?(?P<who>{_BODY_NAME}"
    rf"|{_PROPER})\swith\b[^.;£]{{0,40}}$"
)
_RECEIVES = re.compile(
    rf"(?<!\bin\s)(?<!\bof\s)(?<!\bacross\s)(?<!\bfrom\s)(?<!\bfor\s)(?<!\d\s)(?<!\d[.,])(?<![\w’'-])(?P<who>{_NAMES}|{_BODY})(?:\s\(\w+\))?(?:\s(?:in|on)\s(?:the\s)?(?:[A-Z]\w+\s?){{1,4}})?"
    rf"(?:,\s(?:in\s)?wh(?:ich|ere)\s[^£,]{{1,80}},)?\s{_AUXILIARY}{{0,5}}"
    r"(?:receiv\w+|attract\w*|get|gets|secured|(?<=\bbe\s)provided\swith|(?:(?<=\bbe\s)|(?<=\bbeen\s)|(?<=\bis\s)"
    r"|(?<=\bare\s)|(?<=\bwas\s)"
    r"|(?<=\bwere\s)|(?<=\bbeing\s))(?:awarded|allocated|given|granted|offered|paid)|(?<=\bbeen\s)offered"
    r"|benefit(?:s|ed|ing)?\sfrom)\b"
    rf"[^£]*(?:{_SUM}[^£;.]{{0,60}}\band\s[^£]{{0,40}})?$"
)
_HAS = re.compile(
    rf"(?<![\w’'-])(?P<who>{_BODY_NAME}|{_SHORT_NAME})\s(?:also\s)?(?:(?:will\s)?ha(?:s|ve)\saccess\sto|has|have|had"
    rf"|holds)\s(?:(?:an?|up|to|over"
    rf"|around|nearly|total|of|budget)\s)*$"
)
"""Matches before a sum that somebody has: "DCMS has £5m of capital"."""
_OF_MONEY = re.compile(rf"\s(?:of|in)\s(?:[\w-]+\s){{0,3}}?(?:{_MONEY}|DEL|CDEL|RDEL)\b", re.IGNORECASE)
"""Matches after a sum whose recipient the sentence has named before: "£5m they are already receiving"."""
_POWER = re.compile(
    rf"(?P<who>{_BODY_NAME}|{_GROUP})\s(?:will\s)?(?:have|has|had)\s(?:a\s)?(?:core\sspending\spower|budget)\b[^£]*$"
)
_DIRECTLY_FOR = re.compile(
    r"\s(?:for|to)\s(?P<who>[A-Z][a-z]+(?:\s[A-Z][a-z]+){0,2})(?=[,;.]|\sand\s(?![A-Z])|\s\(|$|\n"
    r"|\sin\s(?:the\s)?(?:FY|20))"
)
_INTO = re.compile(
    r"\s(?:of\s)?(?:new\s)?(?:(?:grant|equity|capital|direct)\s)?(?:investment|funding)\s"
    rf"(?:(?:into|for)\s(?:the\s)?(?P<who>{_BODY_NAME}|{_SHORT_NAME})\b|into\s(?:the\s)?(?P<named>{_PROPER}))"
    rf"|(?:\s(?!into\b)[\w-]+){{0,4}}?\sinto\s(?:the\s)?(?P<body>{_BODY_NAME}|(?:UK\s)?{_GROUP})"
)
_INVEST = re.compile(r"\binvest(?:s|ed|ing|ment)?\s(?:[\w-]+\s){0,5}$")
_INTO_NAMED = re.compile(
    rf"(?:\s[\w-]+){{0,5}}?\sinto\s(?:the\s)?(?P<who>{_ONE})(?=[,;.]|\s(?:as|to|in|over|for|and(?!\s[A-Z]))\b|$)"
)
_IN = re.compile(rf"\sin\s(?:the\s)?(?P<who>{_BODIES}|(?:[a-z’'-]+\s){{1,3}}support\sservices\b)")
"""Matches after a sum that is invested: "invested £5m in general practices"."""
_POSSESSOR = re.compile(rf"(?P<who>{_BODY_NAME})[’']s\s$")
_ITS_BUDGET = re.compile(
    rf"\b(?P<who>{_BODY_NAME})(?:[’']s)?\s(?:total\s|annual\s|overall\s)?(?:budget|allocation|settlement|funding"
    rf"|grant)\s(?:was|is|of|for|will\sbe|totals)\b[^.;£]{{0,40}}$"
)
_BUDGET = re.compile(r"\b(?:budget|allocation|settlement|funding|grant)\s(?:was|is|of|for|will\sbe|totals)\b")
_ITS_SHARE = re.compile(r"\s(?:allocation|share|award|grant|budget|settlement)\b")
"""Matches after a sum that its possessor gets: "the Combined Authority’s £5m allocation"."""
_PACKAGE_FOR = re.compile(
    rf"(?:\s(?!(?:to|for|through|from|over)\s)[\w-]+){{0,4}}?\s{_GRANTED}\s(?:for|to)\s(?P<who>{_ONE})(?=[,;.]"
    rf"|\s(?:in|and(?!\s[A-Z])|to|over|from|which|this|through|since|between|during)\b|$)"
)
_FUNDING_TO = re.compile(
    rf"\b[Ff]unding\sto\s(?P<who>{_PROPER})\s?[^.;£]{{0,50}}?(?:stands\sat|totals|totalling|totalled|is"
    rf"|was)\s[^£]{{0,30}}$"
)
_ENABLES = re.compile(
    rf"(?:\s[\w-]+){{0,6}}?\sto\s(?:enable|allow|help|support|assist|equip|compensate"
    rf"|reimburse)\s(?:the\s)?(?P<who>{_GROUP}|(?:\d+\s)?{_BODY_NAME})\s[a-z]"
)
_ELIDED = re.compile(rf"^,\s(?:and\s)?(?:the\s)?(?P<who>{_BODY_NAME}|[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){{0,4}})\s$")
"""Matches between two sums where the verb is left out: "The Bank received £1m, the Treasury £2m"."""
_RAISED_TO = re.compile(
    rf"\b(?:{_MONEY})\s(?:available\s)?(?:to|for|of|into|in)\s(?:the\s)?(?P<who>{_GROUP}|{_BODY_NAME}"
    rf"|{_SHORT_NAME})(?:\s(?:to|by|of|is|was|totals)|[^.;£]{{0,80}}\s(?:totalling|reached|totalled|stood\sat"
    rf"|rose\sto|amounted\sto))\b[^£]{{0,30}}$"
)
_IN_BRACKETS = re.compile(
    rf"\b(?:{_MONEY})\s(?:to|for)\s(?:the\s)?(?P<who>{_GROUP}|{_PROPER})\s?\((?:(?:up\sto|over|around)\s)?$"
)
"""Matches before a sum in brackets: "funding for the Harbour Unit (£5m)"."""
_CASE_OF = re.compile(rf"\b[Ii]n\sthe\s(?:case|instance)\sof\s(?:the\s)?(?P<who>{_BODY_NAME}),?\s$")
_SUPPORTS = re.compile(
    rf"\b(?:support|help)(?:s|ed|ing)?\s(?:the\s)?(?P<who>{_GROUP})\s(?:in\s[A-Z]\w+\s)?(?:through|with)\s[^£]{{0,30}}$"
)
_WILL_SUPPORT = re.compile(rf"[^.;£]{{0,120}}?\bwill\s(?:support|help)\s(?:the\s)?(?P<who>{_GROUP})\b")
_IN_SUPPORT = re.compile(rf"\s(?:[\w-]+\s){{0,3}}?in\ssupport\sof\s(?:the\s)?(?P<who>{_BODY})")
_GOING_TO = re.compile(rf"\s(?:going|paid|provided|allocated|awarded)\sto\s(?:the\s)?(?P<who>{_BODY})")
_FOR_FIRST = re.compile(rf"For\s(?:the\s)?(?P<who>{_BODY_NAME}),\s")
_NOT_A_BODY = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Budget|England and Wales"
    r"|Great Britain|United Kingdom|Northern Ireland Protocol|Spring|Summer|Autumn|Winter|Phase|Round|Wave|Stage|Year"
    r"|Parliament|Question|This|These|In|ODA|GDP|GNI|AI|Barnett|Work|White Paper|Project|Spending Review|Covid"
    r"|(?:[Tt]he )?(?:UK|[Gg]overnment|England)|The|We|It|An?|At|On|For|As)\b(?!\s[A-Z])"
    r"|(?:Great Britain|Phase|Project)\b|.*\b(?:(?<!World Food )Programme|Scheme|Fund|Grant|Strategy|Plan|Project"
    r"|Levy|Initiative|Review|Guarantee|Act)\b(?! Trust)"
)
_DETERMINER = re.compile(
    r"^(?:the|overall|eligible|individual|other|some|relevant|over|up\sto|more\sthan|around|nearly|almost)\s",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"[’']s\b.*$", re.DOTALL)
_CAPITAL = re.compile(r"\b(?!(?:For|In|The|And|But|This|Our|At|On|To|From|Over|While|Since)\b)[A-Z][\w’&-]*\s$")
"""Matches a word of a name right before what was found."""


def _is_cut(match: re.Match[str], group: str) -> bool:
    """Return whether a recipient is only the end of a name, or only the last of several: "Ayton, Beckton and Poole"."""
    before, who = match.string[: match.start(group)], match[group].strip()
    is_last = " " not in who and re.search(r"[A-Z][\w’'-]*,?\sand\s$", before) is not None
    return is_last or (who[:1].isupper() and _CAPITAL.search(before) is not None)


_RECEIVING = (
    "receiv",
    "attract",
    "get",
    "secured",
    "provided with",
    "award",
    "allocat",
    "given",
    "granted",
    "offered",
    "paid",
    "benefit",
)
"""Parts of verbs without which nobody is said to receive anything."""


def _of_recipients(before: str, after: str) -> Iterator[re.Match[str] | None]:
    """Yield what the patterns of recipients match, the surest first."""
    near, following = before[-WINDOW:], after[:150]
    yield _DIRECTLY_FOR.match(after)
    if _ITS_SHARE.match(after):
        yield _POSSESSOR.search(near)
    yield _PACKAGE_FOR.match(following)
    if "(" in near[-20:]:
        yield _IN_BRACKETS.search(near)
    yield _GIVEN.search(near)
    if _BUDGET.search(near):
        yield _ITS_BUDGET.search(near)
    if any(verb in near for verb in _RECEIVING):
        yield _RECEIVES.search(near, near.rfind("£") + 1) or _RECEIVES.search(near)
    if _OF_MONEY.match(following):
        yield _HAS.search(near)
    if "case of" in near or "instance of" in near:
        yield _CASE_OF.search(near)
    if " with " in near:
        yield _FOUNDED.search(near)
    if "spending power" in near or "budget" in near:
        yield _POWER.search(near)
    yield _GOING_TO.match(following)
    yield _IN_SUPPORT.match(following)
    yield _INTO.match(following)
    if "nvest" in near and _INVEST.search(near):
        yield _IN.match(following)
        yield _INTO_NAMED.match(following)
    yield _TO.match(following)
    yield _ACROSS.match(following)
    yield _FOR.match(following)
    yield _RAISED_TO.search(near)
    if "unding to" in near:
        yield _FUNDING_TO.search(near)
    if "support" in near or "help" in near:
        yield _SUPPORTS.search(near)
    if " will " in after[:WINDOW]:
        yield _WILL_SUPPORT.match(after[:WINDOW])
    yield _ENABLES.match(following)
    yield _FOR_FIRST.match(before)


def recipient(before: str, after: str, programme_text: str | None) -> str | None:
    """Return the recipient of a sum, if the sentence names one other than its programme."""
    for match in _of_recipients(before, after):
        if match is None:
            continue
        group = next(name for name in ("named", "body", "who") if match.groupdict().get(name))
        if not _NOT_A_BODY.match(match[group]) and not _is_cut(match, group):
            who = _DETERMINER.sub("", match[group].strip())
            if who[:1].isupper() and match.re is not _RECEIVES:  # "Barnardo's received" is no possessive
                who = _POSSESSIVE.sub("", who)
            return None if programme_text and who in programme_text else who
    return None


def elided(gap: str) -> str | None:
    """Return the recipient between two sums where the verb is left out: "the Bank received £1m, the Treasury £2m"."""
    match = _ELIDED.match(gap)
    return match["who"] if match else None
