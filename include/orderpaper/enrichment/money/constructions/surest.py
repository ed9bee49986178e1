"""Constructions that hold whatever else the words around a sum say."""

from orderpaper.enrichment.money.construction import MEASURE, construction

SMALL = 50_000
MOST_OF_ONE = 1_000_000
"""In pounds: limits of what one person or firm has are not above it."""

SUREST = (
    construction("must not exceed", "rate", rf"(?:not|cannot|never)\s(?:to\s)?exceed(?:ing)?\s{MEASURE}"),
    construction("disregarded", "rate", after=r"[^.;£]{0,90}\bnot\sbe\s(?:considered|taken\sinto\saccount|counted)\b"),
    construction("for each head", "other", r"(?:GDP|GVA|income)\sper\shead\b.*"),
    construction("a unit price", "rate", after=r"\s?/\s?(?:[A-Za-z]+)\b"),
    construction(
        "a threshold of size",
        "rate",
        r"(?:less\sthan|more\sthan|over|under|up\sto|above|below|exceeding)\s",
        r"\s(?:in\s|of\s)?(?:(?:annual|net|gross|total|global)\s){0,2}(?:turnover|income|earnings|revenues?|profits?|savings|assets)\b",
        unless=r"(?:received?|generat\w+|sav\w+|rais\w+|collect\w+|earn\w+|provided)",
        most=1000 * MOST_OF_ONE,
    ),
    construction(
        "so much or more", "rate", after=r"(?:,?\sor|\sand)\s(?:more|above|over|less|below|under|greater)\b(?!\sthan)"
    ),
    construction(
        "those above a limit",
        "rate",
        r"(?:procurements|contracts|transactions|purchases|payments|invoices|orders|claims|projects|cases)\s(?:(?:of|costing)\s)?"
        r"(?:over|above|under|below|exceeding|in\sexcess\sof|less\sthan|more\sthan)\s",
    ),
    construction(
        "spending above a limit",
        "rate",
        r"(?:spend|spending|expenditure|procurement)\s(?:(?:of|costing)\s)?"
        r"(?:over|above|under|below|exceeding|in\sexcess\sof|less\sthan|more\sthan)\s",
        most=SMALL,
    ),
    construction(
        "those with more",
        "rate",
        r"(?:with|whose)\s(?:an?\s)?(?:(?!total|funding|investment|budget)[\w-]+\s){1,3}?(?:(?:is|are)\s)?"
        r"(?:above|below|over|under|exceeding|of\smore\sthan|of\sless\sthan|of\sover)\s",
        unless=r"(?:invest\w*|fund\w*|grants?|spen[dt]\w*)",
    ),
    construction(
        "those worth less",
        "rate",
        r"(?:value|worth|cost|price)s?\b[^.;£]{0,60}\s(?:is|was|were|are|of)\s(?:less\sthan|more\sthan|under|over|below|above)\s",
        most=SMALL,
    ),
    construction(
        "at this threshold",
        "rate",
        r"At\s",
        r",\s[^.;£]{0,80}\b(?:threshold|limit|rate|cap|fee|price|allowance|fare|wage|tariff)\b",
    ),
    construction(
        "grants of up to",
        "rate",
        r"(?:grants|payments|awards|bursaries|loans|vouchers|prizes|scholarships)\s(?:(?:worth|of)\s)?(?:up\sto|between|at\sleast|from)\s",
        most=2 * SMALL,
    ),
    construction("if paid", "rate", after=r"\s(?:if|when)\spaid\b", most=SMALL),
    construction(
        "those of a size",
        "rate",
        r"(?:over|above|under|below|exceeding)\s",
        r"\s(?:spend|spending|transactions|purchases|payments)\b",
        most=SMALL,
    ),
    construction("the first part of a sum", "rate", r"(?:the|on|for)\s(?:the\s)?first\s", most=MOST_OF_ONE),
    construction(
        "payment to a firm", "spend", r"payments?\sof\s", r"\s(?:was\smade\s)?to\s(?:the\s)?(?-i:[A-Z][\w&.-]+\s[A-Z])"
    ),
    construction(
        "invests, in a clause that depends",
        "funding",
        rf"(?:Government|Department|Ministry|we)\b[^.;£]*,\s(?:investing|providing|committing|allocating|awarding)\s{MEASURE}",
    ),
    construction(
        "grants in all",
        "funding",
        rf"grants\b[^.;£]{{0,120}}(?:value\sof|totalling|total\sof|worth)\s{MEASURE}",
        unless=r"(?:each|per|average)",
    ),
    construction(
        "in compensation",
        "spend",
        r"(?:provided|paid|gave|awarded|issued)\s(?:out\s)?(?:(?:an?|over|more\sthan|around|about|approximately|nearly|almost"
        r"|total|of)\s)*",
        r"\s(?:in|of)\s(?:\w+\s)?(?:compensation|damages|redress)\b",
    ),
    construction(
        "out of court", "spend", rf"payments?\sof\s{MEASURE}", r"[^.;£]{0,60}\b(?:out[-\s]of[-\s]court|compensation)\b"
    ),
    construction("capped at", "rate", rf"capped\sat\s{MEASURE}", most=MOST_OF_ONE),
    construction(
        "cap",
        "rate",
        r"(?:capp(?:ed|ing)|caps?)\s(?:(?:the|single|all|bus|rail|fares?|bills?|costs?|charges|fees)\s){1,5}"
        rf"at\s{MEASURE}",
    ),
    construction(
        "a threshold",
        "rate",
        r"(?:(?:equal\s(?:to\s)?or\sabove|above|below|exceed(?:s|ing)?|over|under|meet)\s(?:the|an?)|the(?:\scurrent)?)\s",
        r"\s(?:[a-z]+\s)?(?:threshold|limit)\b",
    ),
    construction(
        "the threshold is",
        "rate",
        rf"(?:threshold|limit)\s(?:for\s(?:[\w’'-]+\s){{1,6}})?(?:is|was|remains|stands\sat|is\sset\sat)\s{MEASURE}",
    ),
)
