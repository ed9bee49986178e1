"""Constructions of what public bodies give, allocate and budget."""

from orderpaper.enrichment.money.construction import FEW, IS, MEASURE, construction
from orderpaper.enrichment.money.nouns import PAYERS

GIVING = (
    construction(
        "commitment to spend",
        "funding",
        rf"(?:commit(?:ments?|s|ted)?|pledged?s?|plan(?:s|ned)?)\b[^.;£]{{0,50}}\bto\s(?:spend(?:ing)?"
        rf"|increas(?:e|ing)\s(?:[\w&-]+\s){{0,4}}?(?:spending|expenditure|investment|budget)\b[^.;]{{0,60}}\s(?:to|by|from))\s{MEASURE}",
    ),
    construction(
        "allocated",
        "funding",
        rf"(?:allocated|awarded|earmarked|pledged|ring-?fenced)\s{MEASURE}",
        unless=r"(?:contracts?|compensation|damages)",
    ),
    construction(
        "was allocated",
        "funding",
        after=rf"\s(?:of\s)?{FEW % 3}(?:was|were|is|has\sbeen|have\sbeen|had\sbeen|will\sbe)\s(?:\w+"
        rf"\s)?(?:allocated|budgeted|earmarked|pledged|made\savailable)\b",
        unless=r"(?:reliefs?|payment)",
    ),
    construction(
        "budget", "funding", rf"(?-i:budgets?)\s(?:(?!impact|cost|sav)[\w’'()/-]+,?\s){{0,18}}?{IS}\s{MEASURE}"
    ),
    construction(
        "brings the total",
        "funding",
        rf"(?:taking|brings?|bringing)\s(?:the\s|our\s|its\s|this\s)?(?:totals?|overall)\b[^.;£]{{0,100}}?\bto\s{MEASURE}",
        unless=r"(?:values?|penalt\w+|fines|debts?|recovered|raised|costs?)",
        least=50_000,
    ),
    construction("spending power", "funding", r"core\sspending\spower\b[^.;]{0,80}"),
    construction(
        "settlement",
        "funding",
        rf"(?:finance\s|funding\s|government\s|police\s|review\s)settlement\b[^.;£]{{0,60}}(?:worth|of"
        rf"|provides?|totals?|totalling)\s{MEASURE}",
    ),
    construction(
        "grant", "funding", rf"(?:a|total)\s(?:capital\s|resource\s)?grant\sof\s{MEASURE}", unless=r"(?:per|each)"
    ),
    construction("package", "funding", rf"package\s{FEW % 4}worth\s{MEASURE}"),
    construction(
        "we give",
        "funding",
        rf"(?:government|we|department|the\sUK|NHS\sEngland|DfE|FCDO)\s(?:is|are|has|have|will|also|be|now"
        rf"|recently|been)?(?:\s(?:is|are|has|have|will|also|be|now|recently|been))*\s?(?:invest(?:s|ed|ing)?"
        rf"|provid(?:e|es|ed|ing)|commit(?:s|ted|ting)?|announc(?:ed|ing))\s{MEASURE}",
        unless=r"(?:saving|worth\sof|loans?)",
    ),
    construction(
        "of funding",
        "funding",
        after=r"\s(?:of|in)\s(?:[\w-]+\s){0,3}(?:funding|grants?)\b",
        unless=r"(?:private|from|lever\w*|unlock\w*|raised)",
    ),
    construction(
        "given to spend",
        "funding",
        r"(?:receiv\w+|giv\w+|provid\w+|award\w+|allocat\w+)\s[^.;£]{0,60}",
        r"\s(?:[\w-]+\s){0,3}to\sspend\b",
    ),
    construction(
        "named fund",
        "funding",
        after=r"\s(?-i:(?:[A-Z][\w’&-]*,?\s(?:(?:and|of|for|the|to|in)\s)?){1,7}?(?:\([A-Z]\w+\)\s)?(?:Fund"
        r"|Programme|Scheme|Grant|Package|Initiative|Facility|Challenge|Deal|Accelerator)\b)"
        r"|\s(?-i:[A-Z][\w’&‑-]*:?\s)(?:[\w’&‑-]+:?\s){0,8}?(?:competition|funding\scall|pilot|programme|scheme|fund)\b",
        least=10_000,
    ),
    construction(
        "funding for",
        "funding",
        after=r"\s(?:of\s|in\s)?(?:(?:new|additional|extra|further|total|capital|revenue|resource"
        r"|grant|government|public|core|UK)\s){0,3}funding\s(?:for|to|through|in|over|will)\b",
    ),
    construction(
        "gives",
        "funding",
        r"(?:invest(?:ing|s|ed)?|provid(?:e|es|ed|ing)|commit(?:s|ted|ting)?|announc(?:ed|ing|es)|pledg(?:ed|es|ing)|inject(?:s|ed|ing)?"
        r"|allocat(?:e|es|ing)|award(?:s|ing)?|back(?:s|ed|ing)?\s(?:by|with)|support(?:s|ed|ing)?\s(?:by|with)|giv(?:es|ing|en)|gave|granted"
        rf"|benefit(?:s|ed|ing)?\sfrom|injection\sof|launch(?:ed|ing|es)?)\s{MEASURE}",
        unless=rf"(?:private|projects\swill|{PAYERS}|contractors|Authorities|worth\sof|black|savings?)",
        least=50_000,
    ),
)
