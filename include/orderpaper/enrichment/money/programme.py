"""Find the fund, grant or programme of a sum, and its recipient, both as printed."""

import re
from collections.abc import Iterator

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
    "|companies|employers|teachers|claimants|victims|countries|communities|partners|partnerships|pharmacies|practices|clubs|museums"
    "|researchers|fishers|farms|agencies|regulators|prisons|airports|operators|manufacturers|settings|nurseries|individuals"
)
"""Common nouns that receive money."""
_BODIES = (
    "Council Councils Trust Police Constabulary Association Authority Authorities University College Foundation Service"
    " Agency Board Institute Society Hospital Club Museum Commission Executive Government Committee Federation Union"
    " Centre Programme Organisation Limited Ltd plc FRA ICB PCC MCA"
)
"""Words with which the name of a body ends."""
_HEAD = "|".join(_HEADS.split())
_WORD = r"[A-Z][\w’'&/-]*"
_NAME = (
    rf"(?:(?:{_WORD},?\s(?:(?:(?:of|and|for|in|to|on)(?:\sthe)?|&)\s)?){{1,9}}?(?:\([A-Z][\w-]*\)\s)?"
    rf"(?:{_HEAD})(?:\s(?:{_HEAD}))*\b(?!\sTrust\b)(?:\s\([A-Z]\w+\))?"
    r"(?!\sand\s(?:[A-Z][\w’'-]*\s(?:(?:of|for)\s)?){1,4}(?:programme|scheme)\b)"
    r"|Project\s[A-Z][a-z]+\b"
    rf"|(?:{_WORD},?\s(?:(?:and|of|for|in)\s)?(?={_WORD},?\s)){{1,6}}{_WORD}\s(?:\([A-Z][\w-]*\)\s)?(?:{_PLAIN_HEADS})\b"
    rf"|[A-Z][a-z]*[A-Z]\w*\s(?:{_PLAIN_HEADS})\b"
    rf"|(?:{_WORD}\s){{2,5}}(?:\([A-Z]\w+\)\s)?(?:\d\s)?(?:programmes|schemes|funds|grants|programme|scheme)\b"
    r"|(?:local\sgovernment\s(?:finance\s)?|police\s(?:funding\s|grant\s)?)settlement\b)"
)
_PROPER = (
    r"(?:[A-Z][\w’'&-]*(?:\s(?:(?:of|and)(?:\sthe)?|(?:(?<=Office\s)|(?<=Centre\s)|(?<=Agency\s)|(?<=Institute\s)"
    r"|(?<=Alliance\s)|(?<=Commissioner\s)|(?<=Commission\s)|(?<=Organisation\s)|(?<=Council\s)|(?<=Association\s)"
    r"|(?<=Society\s)|(?<=Coalition\s)|(?<=Foundation\s))for(?:\sthe)?|&|upon|de)(?=\s[A-Z]))?\s?){1,10}(?:\([A-Z]\w+\))?"
)
_BODY_NAME = (
    rf"(?:{_WORD}\s(?:(?:of|and|for|&)\s)?){{1,7}}?(?:{'|'.join(_BODIES.split())})\b(?!\s[A-Z][a-z])"
    r"|(?:Department|Ministry)\s(?:of|for)(?:\sthe)?\s[A-Z]\w+(?:(?:,|\sand|,\sand)?\s[A-Z]\w+){0,5}"
    r"|Home\sOffice|NHS\sEngland"
    r"|UK-[A-Z]\w+|(?!CDEL|RDEL)[A-Z]{4,}\b(?=\s?(?:[.,;:)(’']|and\b|to\b|in\b|for\b|this\b|ha[sd]\b|is\b|will\b|$))"
)
_SHORT_NAME = r"(?!(?:UK|AI|SEND|VAT|GDP|ODA|CDEL|RDEL|WASH|EU|IT|NI|R&D|SMEs?|PE|ME|EVs?)\b)[A-Z][A-Z&]{2,5}s?"
_GROUP = (
    r"(?:\d[\d,]*\s(?:[A-Z]{2,5}\s)?areas\b"
    r"|(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten)\s(?:[a-z-]+\s){0,3}?(?:projects|pilots|places\sof\sworship)\b"
    r"|(?:listed\s|rural\s)?places\sof\sworship\b"
    r"|(?:all\s)?(?:\d[\d,]*\s)?fire and rescue (?:authorities|services)\b|"
    rf"(?:all\s)?(?:(?:\d[\d,.]*|(?!(?:of|in|from|by|on|at|with|for|as|into|across|that|who|to|help|helps|helping|support|supports|and|the|this|means|these|which|our|its|their)\s)[\w’'-]+)\s){{0,4}}?(?:{_RECIPIENTS})\b(?:\sand\s(?:[a-z-]+\s){{0,2}}?(?:{_RECIPIENTS})\b)?"
    r"(?![’'-]|\s(?:areas?|budgets?|sectors?|services|members?|places|leaders|funding|settlement)\b)(?:\s\([A-Z]\w+\))?)"
)
_ONE = r"[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3}"
_NAMES = rf"(?:{_ONE},\s){{1,5}}(?:and\s)?{_ONE}(?:,?\sand\s{_ONE})?"
"""Matches several names: "Ayton, Beckton and Poole"."""
_BODY = rf"(?:the\s)?(?:{_GROUP}|{_PROPER})"
_PURPOSE = (
    r"(?!(?:support|help|run|fund|compensate|trial|test|enable|deliver|improve|build|train|recruit|extend|protect|expand"
    r"|develop|provide|ensure|create|assist|give|allow|keep|make|boost|tackle|cover|meet|pay|continue|increase|reduce"
    r"|equip|upgrade|refurbish|rebuild|repair|modernise|back|save|transform|invest|attract|address|reach|reform"
    r"|strengthen|restore|maintain|replace|purchase|procure|pilot|promote|encourage|ease|prevent|end|fix|drive|bring"
    r"|establish|launch|open|secure|set)\b)"
)
"""After "to", a verb begins a purpose and not a recipient."""
_NAMED_BEFORE = re.compile(rf"(?<![\w’'-])(?P<name>{_NAME})(?![^£]*£|\sdonors?\b)")
_OF_THE_SUM_BEFORE = re.compile(r"£[\d.,]+(?:\s?(?:million|billion|thousand|bn|m|k)\b)?\s(?:[a-z-]+\s){0,2}$")
"""Matches before a programme that is named right after another sum, to which it belongs: "a £5m Quay Package"."""
_NEXT_IN_SERIES = re.compile(
    r"[^.;£]{0,90},\s(?:and\s)?(?:(?:an?|up\sto|over|around|nearly|almost|more\sthan|about|a\sfurther)\s)*$"
)
"""Matches between such a programme and the next sum of a series: ", £1m for skills"."""
_BESIDES = re.compile(
    r"\b(?:in addition to|alongside|on top of|as well as|replac\w+|apart from)\s(?:\w+\s){0,3}$", re.IGNORECASE
)
"""Matches before a programme to which the sum does not belong."""
_NAMED_AFTER = re.compile(rf"[+,]?\s(?:(?!and\b|of which)[a-z-]+\s){{0,6}}?(?P<name>{_NAME})")
_NAMED_LATER = re.compile(
    r"[^.;£]{0,80}?\b(?:through|under|via|from|for|to|in|into|of|by|as part of)\s"
    r"(?:the\s|its\s|our\s)?(?:[\w/-]+\s){0,3}?"
    rf"(?P<name>{_NAME})(?!\sdonors?\b)"
    r"|[^.;£]{0,140}?\b(?:through|under|via)\sthe\s[‘“'](?P<quoted>[A-Z][^’”'£]{2,40})[’”']\s(?:programme|scheme|fund)\b"
)
_TO = re.compile(
    rf"(?:(?!\bto\s)[^.;,£]){{0,60}}?\b(?:to|among|between|across)\s{_PURPOSE}"
    rf"(?:each\sof\s|all\sof\s|the\s|eligible\s)*(?P<who>{_GROUP}|{_PROPER})"
)
_FOR = re.compile(rf"(?:(?!\bto\s|\bfor\s)[^.;,£]){{0,60}}?\bfor\s(?:the\s|eligible\s)*(?P<who>{_BODY_NAME}|{_GROUP})")
_GIVEN = re.compile(
    r"\b(?:award|allocat|grant|provid|pay|offer|giv)(?:s|e|es|ed|ing|en)?\s"
    rf"(?P<who>{_BODY})(?:\s(?:across|in)\s(?:[A-Z]\w+\s?)+)?(?:\s?\b(?:with|a|an|up|over|around|almost|approximately|more)\b[^£]*|\s*)$"
)
_FOUNDED = re.compile(
    rf"\b(?:establish|found|launch|capitalis|creat|set\sup)(?:s|ed|ing)?\s(?:the\s|an?\s)?(?P<who>{_BODY_NAME}|{_PROPER})\swith\b[^.;£]{{0,40}}$"
)
_WHICH_IS_GIVEN = re.compile(
    rf"(?P<who>{_PROPER}),\swhich\s(?:is|are|was|were|has\sbeen|have\sbeen|will\sbe)\s"
    r"(?:provided\swith|given|awarded|allocated|receiving)\s[^.;£]{0,30}$"
)
_GRANTS_TO = re.compile(rf"\bgrants\s(?:[a-z]+\s){{0,4}}to\s(?P<who>{_GROUP})[^£.;]{{0,60}}$")
_SUM = r"£[\d.,]+(?:\s?(?:million|billion|thousand|bn|m|k)\b)?"
_RECEIVES = re.compile(
    rf"(?<!\bin\s)(?<!\bof\s)(?<!\bacross\s)(?<!\bfrom\s)(?<!\bfor\s)(?<!\d\s)(?<!\d[.,])(?<![\w’'-])(?P<who>{_NAMES}|{_BODY})(?:\s\(\w+\))?(?:\sin\s(?:the\s)?(?:[A-Z]\w+\s?){{1,3}})?"
    r"(?:,\s(?:in\s)?wh(?:ich|ere)\s[^£,]{1,80},)?\s(?:(?:will|has|have|is|are|was|were|also|had|already|been|be|each"
    r"|collectively|then|eligible\sto)\s){0,5}"
    r"(?:receiv\w+|attract\w*|get|gets|secured|(?<=\bbe\s)provided\swith|(?:(?<=\bbe\s)|(?<=\bbeen\s)|(?<=\bis\s)|(?<=\bare\s)|(?<=\bwas\s)"
    r"|(?<=\bwere\s))(?:awarded|allocated|given|granted|offered)|(?<=\bbeen\s)offered)\b"
    rf"[^£]*(?:{_SUM}[^£;.]{{0,60}}\band\s[^£]{{0,40}})?$"
)
_POWER = re.compile(
    rf"(?P<who>{_BODY_NAME}|{_GROUP})\s(?:will\s)?(?:have|has|had)\s(?:a\s)?(?:core\sspending\spower|budget)\b[^£]*$"
)
_DIRECTLY_FOR = re.compile(
    r"\s(?:for|to)\s(?P<who>[A-Z][a-z]+(?:\s[A-Z][a-z]+){0,2})(?=[,;.]|\sand\s|\s\(|$|\n|\sin\s(?:the\s)?(?:FY|20))"
)
_INTO = re.compile(
    r"\s(?:of\s)?(?:new\s)?(?:grant\s)?(?:investment|funding)\s"
    rf"(?:(?:into|for)\s(?:the\s)?(?P<who>{_BODY_NAME}|{_SHORT_NAME})\b|into\s(?:the\s)?(?P<named>{_PROPER}))"
    rf"|(?:\s(?!into\b)[\w-]+){{0,4}}?\sinto\s(?:the\s)?(?P<body>{_BODY_NAME}|(?:UK\s)?{_GROUP})"
)
_POSSESSOR = re.compile(rf"(?P<who>{_BODY_NAME})[’']s\s$")
_ITS_SHARE = re.compile(r"\s(?:allocation|share|award|grant|budget|settlement)\b")
"""Matches after a sum that its possessor gets: "the Combined Authority’s £5m allocation"."""
_PACKAGE_FOR = re.compile(
    rf"\s(?:(?:military|munitions|humanitarian|support|aid|relief)\s){{0,2}}?(?:package|funding|support|aid|assistance|grant)\s(?:for|to)\s(?P<who>{_ONE})(?=[,;.]|\s(?:in|and|to|over|from|which|this)\b|$)"
)
_FUNDING_TO = re.compile(
    rf"\b[Ff]unding\sto\s(?P<who>{_PROPER})\s?[^.;£]{{0,50}}?(?:stands\sat|totals|totalling|totalled|is|was)\s[^£]{{0,30}}$"
)
_ENABLES = re.compile(
    rf"(?:\s[\w-]+){{0,6}}?\sto\s(?:enable|allow|help|support)\s(?:the\s)?(?P<who>{_GROUP}|(?:\d+\s)?{_BODY_NAME})\s(?:to|with|in|and)\b"
)
_ELIDED = re.compile(rf"^,\s(?:and\s)?(?:the\s)?(?P<who>{_BODY_NAME}|[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){{0,4}})\s$")
"""Matches between two sums where the verb is left out: "The Bank received £1m, the Treasury £2m"."""
_RAISED_TO = re.compile(
    rf"\b(?:funding|grants?|support|investment)\s(?:available\s)?(?:to|for|of|into|in)\s(?:the\s)?(?P<who>{_GROUP}|{_BODY_NAME}|{_SHORT_NAME})(?:\s(?:to|by|of|is|was|totals)|[^.;£]{{0,40}}\stotalling)\b[^£]{{0,30}}$"
)
_SUPPORTS = re.compile(
    rf"\b(?:support|help)(?:s|ed|ing)?\s(?:the\s)?(?P<who>{_GROUP})\s(?:in\s[A-Z]\w+\s)?(?:through|with)\s[^£]{{0,30}}$"
)
_WILL_SUPPORT = re.compile(rf"[^.;£]{{0,120}}?\bwill\s(?:support|help)\s(?:the\s)?(?P<who>{_GROUP})\b")
_GOING_TO = re.compile(rf"\s(?:going|paid|provided|allocated|awarded)\sto\s(?:the\s)?(?P<who>{_BODY})")
_FOR_FIRST = re.compile(rf"For\s(?:the\s)?(?P<who>{_BODY_NAME}),\s")
_NOT_A_BODY = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Budget|England and Wales"
    r"|Great Britain|United Kingdom|Northern Ireland Protocol|Spring|Summer|Autumn|Winter|Phase|Round|Wave|Stage|Year"
    r"|Parliament|Question|This|These|In|ODA|GDP|GNI|AI|Barnett|Work|White Paper|Project|Spending Review|Covid"
    r"|(?:[Tt]he )?(?:UK|[Gg]overnment|England)|The|We|It|An?|At|On|For|As)\b(?!\s[A-Z])"
    r"|(?:Great Britain|Phase|Project)\b"
)
_GENERIC = re.compile(
    r"(?:new|national|major|capital|revenue|funding|investment|grant|total|additional|further|extra|government|public"
    r"|three-year|two-year|four-year|five-year|one-year|multi-year|long-term|year|joint|core|existing|this|that|our|its|the"
    r"|pilot|support|package|initial|wider|flagship|dedicated|ambitious|record|landmark|small|large|competitive|single"
    r"|humanitarian|specific|similar|previous|current|relevant|first|second|third|whole|entire|overall|successful|proposed|work|spending)$"
)
"""Words that name no programme by themselves: "a new national programme"."""
_LOWER = (
    r"(?:(?!(?:which|is|are|was|were|that|an?|for|to|and|of|in|on|by|with|as|from|into|under|who|per)\s)"
    r"[a-z0-9][a-z0-9/’-]*\s){1,6}(?:fund|grant|programme|scheme|premium)\b"
)
_LOWER_AFTER = re.compile(rf"\s(?P<name>{_LOWER})(?!\s(?:of|for)\b)")
_LOWER_LATER = re.compile(
    rf"[^.;£]{{0,60}}?\b(?:through|under|via|from|in)\s(?:the|our|its|their|this|an?)\s(?P<name>{_LOWER})"
    rf"|[^.;£]{{0,110}}?\bthrough\s(?:the|our|an?)\s(?P<through>{_LOWER})"
    rf"|[^.;£]{{0,60}}?\bthe\s(?P<short>[a-z][a-z -]{{3,60}}\s\([A-Z]\w{{1,8}}\)\s(?:{_PLAIN_HEADS})\b)"
)
_LOWER_BEFORE = re.compile(
    rf"\b[Tt]he\s(?P<name>{_LOWER}),?\s(?:is\s|was\s)?(?:worth|totalling|provides|provided)\b[^£.;]{{0,30}}$"
    rf"|\b(?:[Tt]hrough|[Uu]nder|[Vv]ia)\s(?:the|our|its)\s(?P<through>{_LOWER}),?\s(?:\w+\s){{0,4}}[^£.;,]{{0,20}}$"
)
_FUND_BY_LETTERS = re.compile(
    r"(?:[^.;£]{0,60}?\s)?\b(?:to|through|under|via|from|into)\s(?:the\s)?"
    r"(?P<letters>(?!(?:UNICEF|IMF|RAF|PDF|WWF|IDF|NATF|MOF|EBRDF)\b)[A-Z]{2,6}F)\b"
)
"""Matches after a sum the initials of a fund, which end with its F: "allocated to the QRF"."""
_ONE_WORD = re.compile(
    r"[^.;£]{0,30}?\b(?:to|through|under|via)\sthe\s(?P<name>[A-Z][a-z]+\s(?:programme|scheme|fund))\b"
)
"""Matches a programme with a name of one word after what it was given: "£5m was allocated to the Libra programme"."""
_NAMED_IN_PREVIOUS = re.compile(rf"(?:^The\s(?P<lower>{_LOWER})|(?<![\w’'-])(?P<name>{_NAME}))")
_SAME_PROGRAMME = re.compile(
    r"\b(?:[Tt]his|[Tt]he|[Tt]hese|[Tt]hose|[Ii]ts)\s(?:new\s|first\s|total\s|initial\s|allocated\s)?"
    r"(?:funds?|grants?|programme|scheme|funding|allocation|initiative|extension|services)\b"
    r"|\b[Tt]he\s(?:Fund|Grant|Programme|Scheme|Plan|Initiative|Package)(?!\s[A-Z])\b"
    r"|£\s(?:\w+\s)?(?:fund|grant|programme|scheme)\b|^It\s|\bround\sof\sfunding\b|^Since\s(?:its|the)\b"
)
"""Matches in a sentence that goes on about the programme of the previous one."""
_LEADING = re.compile(
    r"^(?:(?:the|this|our|its|their|(?-i:new)|\d{4}[/-]\d{2,4}|a|an|and|in|on|to|of|as|by|through|under|for|at|from|via|with|within|since"
    r"|(?:UK\s)?government(?:[’']s)?|department[’']s)\s)+(?=\S)",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"^(?:the|overall|eligible|individual|other|some|relevant|over|up\sto|more\sthan|around|nearly|almost)\s",
    re.IGNORECASE,
)
_BODY_NAMED_SO = re.compile(r"World Food Programme|United Nations\b")
"""Bodies whose names end like those of programmes."""
_POSSESSIVE = re.compile(r"[’']s\b.*$", re.DOTALL)


_ABBREVIATED = re.compile(rf"(?P<name>{_NAME})\s\((?:the\s)?[“‘\"']?(?P<short>[A-Z][A-Za-z&]{{1,7}})[”’\"']?\)")
_SHORT = re.compile(r"\b[A-Z][A-Za-z&]*[A-Z]\b")


def abbreviations(text: str) -> dict[str, str]:
    """Return the abbreviations of programmes that a text defines: "the Household Support Fund (HSF)"."""
    if "(" not in text:
        return {}
    return {
        match["short"]: name
        for match in _ABBREVIATED.finditer(text)
        if " " in (name := _clean(match["name"])) and match["short"][0] in name
    }


def programme(before: str, after: str, previous: str, shorts: dict[str, str]) -> str | None:
    """Return the programme's name that is nearest to a sum in its sentence, without an article.

    Args:
        before: the sentence before the sum.
        after: the sentence after it.
        previous: the sentence before, in which the programme may be named if this one goes on about it.
        shorts: abbreviations that the text defines, and what they stand for.
    """
    own = _named_after(after) or _named_before(before) or _abbreviated(before, after, shorts)
    if own or not previous or not _SAME_PROGRAMME.search(f"{before}£{after[:80]}"):
        return own
    names = {_clean(match["name"] or match["lower"]) for match in _NAMED_IN_PREVIOUS.finditer(previous)}
    names = {name for name in names if _is_name(name)}
    return names.pop() if len(names) == 1 else None


def _named_after(after: str) -> str | None:
    for pattern in (_NAMED_AFTER, _LOWER_AFTER, _NAMED_LATER, _ONE_WORD, _LOWER_LATER, _FUND_BY_LETTERS):
        match = pattern.match(after[:WINDOW])
        if match is None:
            continue
        name = _clean(next(name for name in match.groupdict().values() if name))
        if pattern in (_LOWER_AFTER, _LOWER_LATER):
            *words, _ = name.split()
            is_cut = " of " in name and not match.groupdict().get("short")
            if not words or all(_GENERIC.match(word) or word[0].isdigit() for word in words) or is_cut:
                continue
        if _is_name(name) or pattern is _FUND_BY_LETTERS or match.groupdict().get("quoted"):
            return name
    return None


def _named_before(before: str) -> str | None:
    *_, match = [None, *_NAMED_BEFORE.finditer(before)]
    match = match or _LOWER_BEFORE.search(before[-WINDOW:])
    if match is None or len(match.string) - match.end() > WINDOW:
        return None
    name = _clean(next(name for name in match.groupdict().values() if name))
    earlier, between = match.string[: match.start()], match.string[match.end() :]
    if _BESIDES.search(earlier) or (_OF_THE_SUM_BEFORE.search(earlier) and _NEXT_IN_SERIES.match(between)):
        return None
    return name if _is_name(name) else None


def _abbreviated(before: str, after: str, shorts: dict[str, str]) -> str | None:
    if not shorts:
        return None
    near = [m[0] for m in _SHORT.finditer(after[:WINDOW])] + [m[0] for m in _SHORT.finditer(before[-WINDOW:])][::-1]
    return next((shorts[short] for short in near if short in shorts), None)


def _clean(name: str) -> str:
    return _LEADING.sub("", name.strip())


def _is_name(name: str) -> bool:
    return " " in name and not _BODY_NAMED_SO.match(name)


_CAPITAL = re.compile(r"\b(?!(?:For|In|The|And|But|This|Our|At|On|To|From|Over|While|Since)\b)[A-Z][\w’&-]*\s$")
"""Matches a word of a name right before what was found."""


def _is_cut(match: re.Match[str], group: str) -> bool:
    """Return whether a recipient is only the end of a name, or only the last of several: "Ayton, Beckton and Poole"."""
    before, who = match.string[: match.start(group)], match[group].strip()
    is_last = " " not in who and re.search(r"[A-Z][\w’'-]*,?\sand\s$", before) is not None
    return is_last or (who[:1].isupper() and _CAPITAL.search(before) is not None)


_RECEIVING = ("receiv", "attract", "get", "secured", "provided with", "award", "allocat", "given", "granted", "offered")
"""Parts of verbs without which nobody is said to receive anything."""


def _of_recipients(before: str, after: str) -> Iterator[re.Match[str] | None]:
    """Yield what the patterns of recipients match, the surest first."""
    near, following = before[-WINDOW:], after[:150]
    yield _DIRECTLY_FOR.match(after)
    if _ITS_SHARE.match(after):
        yield _POSSESSOR.search(near)
    yield _PACKAGE_FOR.match(following)
    yield _GIVEN.search(near)
    if any(verb in near for verb in _RECEIVING):
        yield _RECEIVES.search(near, near.rfind("£") + 1) or _RECEIVES.search(near)
    yield _FOUNDED.search(near)
    yield _GRANTS_TO.search(near)
    yield _WHICH_IS_GIVEN.search(near)
    if "spending power" in near or "budget" in near:
        yield _POWER.search(near)
    yield _GOING_TO.match(following)
    yield _INTO.match(following)
    yield _TO.match(following)
    yield _FOR.match(following)
    yield _RAISED_TO.search(near)
    yield _FUNDING_TO.search(near)
    yield _SUPPORTS.search(near)
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
