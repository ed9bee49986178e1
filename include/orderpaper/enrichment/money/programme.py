"""Find the fund, grant or programme of a sum, as printed."""

import re

WINDOW = 200
"""How many characters before and after a sum a programme's name may begin or end."""
_HEADS = (
    "Fund Funds Grant Grants Programme Programmes Program Scheme Schemes Initiative Settlement Plan Partnership"
    " Facility Deal Deals Project Package Allowance Award Awards Accelerator Pilot Guarantee Scholarship Strategy"
    " Challenge Competition Relief Levy Formula Credit Bursary Payment Payments Premium Hubs Response Network"
    " Discount Benefit Commitment Subsidy Appeal"
)
"""Words that a programme's name ends with."""
_PLAIN_HEADS = "fund|grant|programme|scheme|initiative|allowance|pilot|plan|challenge|competition|levy"
"""Last words of names that are printed with a small letter too: "the Clean Quay programme"."""
_HEAD = "|".join(_HEADS.split())
_FUNDS = (
    r"funds(?!\s(?!(?:for|to|of|in|and|or|were|are|was|have|has|had|will|would|can|from|over|with|that|which|by)\b)"
    r"[a-z])"
)
"""Matches the noun "funds", and not the verb before its object: "Social Care funds research"."""
_WORD = r"[A-Z][\w’'&/-]*"
_NAME = (
    rf"(?:(?:{_WORD}[,:]?\s(?:(?:(?:of|for|in|to|on|against)(?:\sthe)?|and|&)\s)?){{1,9}}?(?:\([A-Z][\w-]*\)\s)?"
    rf"(?:{_HEAD})(?:\s(?:{_HEAD}))*\b(?!\sTrust\b|(?<!Fund)(?<!Programme)(?<!Scheme)(?<!Grant)\s[A-Z][a-z]+\b)"
    r"(?:\s\([A-Z]\w+\))?"
    r"(?!\sand\s(?:[A-Z][\w’'-]*\s(?:(?:of|for)\s)?){1,4}(?:programme|scheme)\b)"
    r"|Project\s[A-Z][a-z]+\b"
    rf"|(?:{_WORD},?\s(?:(?:and|of|for"
    rf"|in|against)\s)?(?={_WORD},?\s)){{1,6}}{_WORD}\s(?:\([A-Z][\w-]*\)\s)?(?:{_PLAIN_HEADS})\b"
    rf"|[A-Z][a-z]*[A-Z]\w*\s(?:{_PLAIN_HEADS})\b"
    rf"|(?:{_WORD}\s){{2,5}}(?:\([A-Z]\w+\)\s)?(?:\d\s)?(?:programmes|schemes|grants|programme|scheme|{_FUNDS})\b"
    rf"|(?<!\bof\s){_WORD}\s(?:(?:of|and|for)\s)?(?:{_WORD}\s)(?:\d\s)?(?:(?!(?:and|of|for|in|to|on|by|will|has|is|with|through"
    rf"|which)\s)[a-z-]+\s){{1,2}}(?:programme|scheme|fund)\b"
    r"|(?:local\sgovernment\s(?:finance\s)?|police\s(?:funding\s|grant\s)?)settlement\b)"
)
_NAMED_BEFORE = re.compile(rf"(?<![\w’'-])(?P<name>{_NAME})(?![^£]*[£;]|\sdonors?\b)")
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
_THROUGH = re.compile(r"\b(?:through|from|under|via)\s(?:the\s|our\s|its\s)?$")
_BESIDES_IT = re.compile(r"\b(?:in addition to|alongside|on top of|as well as)\b", re.IGNORECASE)
_NAMED_AFTER = re.compile(
    rf"(?:\s\([^()£]{{1,60}}\))?[+,]?\s[“‘\"]?(?:(?!and\b|of which)[a-z-]+\s){{0,6}}?(?P<name>{_NAME}"
    rf"|(?:{_WORD}\s){{2,5}}project\b"
    rf"|(?:Plan|Fund|Strategy|Partnership|Programme)\sfor\s(?!Change\b){_WORD}(?:\sand\s{_WORD})?)"
)
_NAMED_LATER = re.compile(
    r"[^.;£]{0,80}?\b(?:through|under|via|from|for|to|in|into|of|by|as part of)\s"
    r"(?:the\s|its\s|our\s)?(?:[\w/-]+\s){0,3}?"
    rf"(?P<name>{_NAME})(?!\sdonors?\b)"
    r"|[^.;£]{0,140}?\b(?:through|under|via)\sthe\s[‘“'](?P<quoted>[A-Z][^’”'£]{2,40})[’”']\s(?:programme|scheme"
    r"|fund)\b"
)
_GENERIC = re.compile(
    r"(?:new|national|major|capital|revenue|funding|investment|grant|total|additional|further|extra|government|public"
    r"|three-year|two-year|four-year|five-year|one-year|multi-year|long-term|year|joint|core|existing|this|that|our"
    r"|its|the"
    r"|pilot|support|package|initial|wider|flagship|dedicated|ambitious|record|landmark|small|large|competitive|single"
    r"|humanitarian|specific|similar|previous|current|relevant|first|second|third|whole|entire|overall|successful"
    r"|proposed|work|spending|allocated|gross|action|delivery|year|area)$"
)
"""Words that name no programme by themselves: "a new national programme"."""
_RUNS = r"(?:support|fund|deliver|establish|creat|launch|extend|expand|continu|run|develop|operat|pilot)(?:e|ing|ning)?"
"""Verbs whose object is a programme: "to support a quay renewal programme"."""
_LOWER_WORDS = (
    r"(?:(?!(?:which|is|are|was|were|that|an?|for|to|and|of|in|on|by|with|as|from|into|under|who|per|will|would|can|could"
    r"|may|fund|grant|programme|scheme)\s)(?:[a-z0-9][a-z0-9/’-]*|[A-Z]{2,6})\s){1,6}"
)
_LOWER = rf"{_LOWER_WORDS}(?:fund|grant|programme|scheme|premium)\b"
_LOWER_HEAD = re.compile(rf"\b(?:{_PLAIN_HEADS}|premium)\b")
_LOWER_AFTER = re.compile(rf"\s(?P<name>(?:{_LOWER_WORDS}and\s)?{_LOWER})(?!\s(?:of|for)\b)")
_LOWER_LATER = re.compile(
    rf"[^.;£]{{0,60}}?\b(?:through|under|via|from|in)\s(?:the|our|its|their|this|an?)\s(?P<name>{_LOWER})"
    r"|[^.;£]{0,110}?\bthrough\s(?:the\s[a-z ]{3,40}\sof\s)?(?:the|our|an?)\s"
    rf"(?P<through>{_LOWER}(?:\s\([A-Z]\w+\))?)"
    rf"|[^.;£]{{0,80}}?\bto\s(?:\w+\s)?(?:{_RUNS})\s(?:(?:the|our|its|their|this"
    rf"|an?|{_WORD}(?:\s{_WORD}){{0,3}}[’']s)\s)?(?P<aim>{_LOWER})"
    rf"|[^.;£]{{0,60}}?\binto\s(?:the|our)\s(?P<into>(?:{_LOWER_WORDS}and\s)?{_LOWER}(?:\s\([A-Z]\w+\))?)"
    rf"|[^.;£]{{0,60}}?\bfor\sthe\s(?P<named>{_LOWER}\s\([A-Z]\w{{1,8}}\))"
    rf"|[^.;£]{{0,60}}?\bthe\s(?P<short>[a-z][a-z -]{{3,60}}\s\([A-Z]\w{{1,8}}\)\s(?:{_PLAIN_HEADS})\b)"
)
_LOWER_BEFORE = re.compile(
    rf"\b[Tt]he\s(?P<name>{_LOWER}),?\s(?:is\s|was\s)?(?:worth|totalling|provides|provided)\b[^£.;]{{0,30}}$"
    rf"|\b(?:[Tt]hrough|[Uu]nder|[Vv]ia)\s(?:the|our|its)\s(?P<through>{_LOWER}),?\s(?:\w+\s){{0,4}}[^£.;,]{{0,20}}$"
    rf"|\b(?:[Ff]unding|[Bb]udget|[Ii]nvestment)\s(?:for|in|into)\s(?:the|our|its)\s"
    rf"(?P<into>(?:{_LOWER_WORDS}and\s)?(?:{_LOWER}|{_LOWER_WORDS}levy\b)(?:\s\([A-Z]\w+\))?)[^£.;,]{{0,40}}$"
)
_APPOSITION = re.compile(
    r"(?<![\w’'-])(?P<name>(?!(?:This|That|It|There|These|Our|The|In|At)\s(?:is|was)\b)"
    r"(?:[A-Z][\w’'&-]*\s(?:(?:of|for|and|in|on|the|to)\s){0,2}){0,7}[A-Z][\w’'&-]*(?:\s\([A-Z]\w+\))?)"
    r"(?:,|\sis|\swas)\s(?:an?|our|the|its)\s(?:(?:new|joint|further|total|over|around|up\sto)\s){0,2}$"
)
_OF_THAT_SIZE = re.compile(
    r"(?:\s[a-z-]+|,){0,5}?\s(?:programme|scheme|fund|grant|initiative|package|competition|pilot)\b(?!\s(?:of\scosts|called|named))"
)
"""Match around the size of a programme that is named before it: "the Plan for Quays, a £5m programme"."""
_FUND_BY_LETTERS = re.compile(
    r"(?:[^.;£]{0,60}?\s)?\b(?:to|through|under|via|from|into)\s(?:the\s)?"
    r"(?P<letters>(?!(?:UNICEF|IMF|RAF|PDF|WWF|IDF|NATF|MOF|EBRDF)\b)[A-Z]{2,5}[FG])\b"
)
"""Matches after a sum the initials of a fund or grant: "allocated to the QRF"."""
_LETTERS_BEFORE = re.compile(
    r"\b(?:funding|investment|money|allocations?|budget)\s(?:for|in|into|through"
    r"|under)\sthe\s(?P<letters>[A-Z]{2,5}[FG])\b[^.;£]{0,60}$"
    r"|\b[Tt]he\s(?P<giver>(?!(?:IMF|RAF|WWF|IDF|MOF)\b)[A-Z]{2,5}F)\s(?:has\s|will\s)?"
    r"(?:provide|invest|award|allocate|make)[sd]?\s(?:[a-z]+\s){0,4}$"
)
_ONE_WORD = re.compile(
    r"[^.;£]{0,30}?\b(?:to|through|under|via)\sthe\s(?P<name>[A-Z][a-z]+\s(?:programme|scheme|fund))\b"
)
"""Matches a programme with a name of one word after what it was given: "£5m was allocated to the Libra programme"."""
_NAMED_EARLIER = re.compile(rf"(?:(?:^|[.\n]\s?)The\s(?P<lower>{_LOWER})|(?<![\w’'-])(?P<name>{_NAME})(?![’']s\b))")
_SAME_PROGRAMME = re.compile(
    r"\b(?:[Tt]his|[Tt]he|[Tt]hese|[Tt]hose|[Ii]ts)\s(?:new\s|first\s|total\s|overall\s|initial\s|allocated\s)?"
    r"(?:funds?|grants?|programme|scheme|funding|allocation|initiative|extension|services)\b"
    r"|\b[Tt]he\s(?P<head>Fund|Grant|Programme|Scheme|Plan|Initiative|Package|Strategy|Guarantee)(?!\s[A-Z])\b"
    r"|\btotal\s(?:programme|scheme|grant)\sfunding\b|(?<!\ba\s)(?<!\ban\s)(?<!\bnew\s)£\s(?:\w+\s)?(?:fund|grant|programme|scheme)\b"
    r"|^This\s(?:(?:is|was|will\sbe|has\sbeen)\s(?:backed|supported|funded)|(?:will\s)?(?:has|have|had)\s(?:an?|the|up|over))\b|^It\s|\brounds?\s(?:of\sfunding|one|two|\d)\b|^Since\s(?:its|the)\b"
)
"""Matches in a sentence that goes on about the programme of the previous one."""
_LEADING = re.compile(
    r"^(?:[A-Z][a-z]+ing\son\s)?(?:(?:the|this|our|its|their|(?-i:new)|\d{4}[/-]\d{2,4}|a|an|and|in|on|to|of|as|by|through|under|for|at|from"
    r"|via|with|within|since"
    r"|(?:UK\s)?government(?:[’']s)?|department[’']s)\s)+(?=\S)",
    re.IGNORECASE,
)
_BODY_NAMED_SO = re.compile(
    r"World Food Programme|United Nations\b|(?:Comic|Sport) Relief$"
    r"|(?:Home Office|Treasury|Defra|Cabinet Office|NHS England|MHCLG|DCMS|DSIT|DHSC|DfE|FCDO|MOD|DWP|DfT|DESNZ|DBT) "
    r"(?:grants?|funds?|programmes?|schemes?)$"
)
"""Matches bodies whose names end like those of programmes, and what is only said to be a department's."""
_NAME_AT_END = re.compile(rf"(?<![\w’'-])(?P<name>{_NAME})$")
_IN_BRACKETS = re.compile(r"\s\((?:the\s)?[“‘\"']?(?P<short>[A-Z][A-Za-z&]{1,7})[”’\"']?\)")
_OTHERS = re.compile(r"(?:Partnership|Guarantee|Network|Response|Commitment|Hubs|Deal|Levy|Credit|Benefit|Appeal)$")
"""Matches names that "this programme" and "the funding" do not mean."""
_QUOTE = re.compile(rf"[’”](?=\s(?:{_PLAIN_HEADS})$)")
"""Matches the mark at the end of a quoted part of a name."""
_SENTENCE_END = re.compile(r"(?<=[.:])\s+(?=[A-Z])|\n")
_NEXT_CLAUSE = re.compile(r",?\s(?:which|that|who)\s|;\s")
_SHORT = re.compile(r"\b[A-Z][A-Za-z&]*[A-Z]\b")


def abbreviations(text: str) -> dict[str, str]:
    """Return the abbreviations of programmes that a text defines: "the Household Support Fund (HSF)"."""
    if "(" not in text:
        return {}
    found = {}
    for match in _IN_BRACKETS.finditer(text):
        named = _NAME_AT_END.search(text[max(0, match.start() - WINDOW) : match.start()])
        if named and _is_name(name := _clean(named["name"])) and match["short"][0] in name:
            found[match["short"]] = name
    return found


def programme(before: str, after: str, earlier: str, shorts: dict[str, str]) -> str | None:
    """Return the programme's name that is nearest to a sum in its sentence, without an article.

    Args:
        before: the sentence before the sum.
        after: the sentence after it.
        earlier: the sentences before, in which the programme may be named if this one goes on about it.
        shorts: abbreviations that the text defines, and what they stand for.
    """
    own = (
        _whose_size(before, after)
        or _named_after(after, shorts)
        or _named_before(before)
        or _abbreviated(before, after, shorts)
    )
    if own or not earlier:
        return own
    goes_on = _SAME_PROGRAMME.search(f"{before}£{after[:80]}")
    return named_last(earlier, goes_on["head"]) if goes_on and not _BESIDES_IT.search(before) else None


def _whose_size(before: str, after: str) -> str | None:
    """Return the programme whose size a sum is: "the Plan for Quays, a £5m programme"."""
    match = _APPOSITION.search(before[-WINDOW:]) if _OF_THAT_SIZE.match(after) else None
    return _clean(match["name"]) if match else None


def is_through(after: str, name: str) -> bool:
    """Return whether a sum goes through a programme, so that the sum before it may too: "£1m for piers and £2m …"."""
    at = after.find(name)
    return at > 0 and _THROUGH.search(after[:at]) is not None


def named_last(text: str, head: str | None = None) -> str | None:
    """Return the programme that the last sentence names of those that name one, if it names no other.

    Args:
        text: some sentences, or the heading of a table.
        head: the last word of the programme's name, if it is known ("the Plan").
    """
    for sentence in reversed(_SENTENCE_END.split(text)):
        names = {_clean(match["name"] or match["lower"]) for match in _NAMED_EARLIER.finditer(sentence)}
        names = {
            name for name in names if _is_name(name) and (name.endswith(head) if head else not _OTHERS.search(name))
        }
        if names:
            return names.pop() if len(names) == 1 else None
    return None


def _named_after(after: str, shorts: dict[str, str]) -> str | None:
    near = after[:WINDOW]
    has_head = _LOWER_HEAD.search(near) is not None
    for pattern in (_NAMED_AFTER, _LOWER_AFTER, _NAMED_LATER, _ONE_WORD, _LOWER_LATER, _FUND_BY_LETTERS):
        if not has_head and pattern in (_LOWER_AFTER, _ONE_WORD, _LOWER_LATER):
            continue
        match = pattern.match(near)
        if match is None:
            continue
        name = _clean(next(name for name in match.groupdict().values() if name))
        if pattern in (_LOWER_AFTER, _LOWER_LATER):
            *words, _ = name.split()
            is_cut = " of " in name and not match.groupdict().get("short")
            if not words or all(_GENERIC.match(word) or word[0].isdigit() for word in words) or is_cut:
                continue
        if pattern is _FUND_BY_LETTERS and name in shorts:
            return shorts[name]
        if _is_name(name) or pattern is _FUND_BY_LETTERS or match.groupdict().get("quoted"):
            return name
    return None


def _named_before(before: str) -> str | None:
    *_, match = [None, *_NAMED_BEFORE.finditer(before)]
    match = match or _LOWER_BEFORE.search(before[-WINDOW:]) or _LETTERS_BEFORE.search(before[-WINDOW:])
    if match is None or len(match.string) - match.end() > WINDOW:
        return None
    name = _clean(next(name for name in match.groupdict().values() if name))
    earlier, between = match.string[: match.start()], match.string[match.end() :]
    if _BESIDES.search(earlier) or (_OF_THE_SUM_BEFORE.search(earlier) and _NEXT_IN_SERIES.match(between)):
        return None
    return name if _is_name(name) or match.re is _LETTERS_BEFORE else None


def _abbreviated(before: str, after: str, shorts: dict[str, str]) -> str | None:
    if not shorts:
        return None
    near = [m[0] for m in _SHORT.finditer(_NEXT_CLAUSE.split(after[:WINDOW], maxsplit=1)[0])] + [
        m[0] for m in _SHORT.finditer(before[-WINDOW:])
    ][::-1]
    return next((shorts[short] for short in near if short in shorts), None)


def _clean(name: str) -> str:
    return _QUOTE.sub("", _LEADING.sub("", name.strip()))


def _is_name(name: str) -> bool:
    *words, _ = name.split()
    is_own = len(words) > 1 and name[0].isupper()
    return (is_own or any(not _GENERIC.match(word.lower()) for word in words)) and not _BODY_NAMED_SO.search(name)
