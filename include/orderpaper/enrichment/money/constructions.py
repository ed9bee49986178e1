"""The constructions that say without doubt what a sum is, before the model of `category` is asked.

A construction is a pattern of the words that end right before a sum, or of those that begin right after it. Each was
read against hand-labelled figures: it is kept only if it is nearly always right.
"""

from orderpaper.enrichment.money.construction import Construction, construction
from orderpaper.enrichment.money.nouns import AMOUNTS_OF_OTHERS

_MEASURE = (
    r"(?:(?:an?|the|some|of|up\sto|over|around|about|approximately|nearly|almost|circa|c\.?|more\sthan"
    r"|less\sthan|at\sleast"
    r"|just|under|in\sexcess\sof|in\sthe\sregion\sof|total|totall?ing|further|additional|extra|estimated|worth"
    r"|maximum"
    r"|combined|record|initial|new|only|well|little|by|between)[\s(]+)*(?:ca?\.)?[(“‘]?"
)
_IS = (
    r"(?:was|were|is|are|has\sbeen|have\sbeen|had\sbeen|will\sbe|would\sbe|of|at|to|to\sbe|totall?ed|totals?"
    r"|amount(?:s|ed)\sto)"
)
_FEW = r"(?:[\w’'()/-]+,?\s){0,%d}?"
_NOT_PUBLIC = (
    r"(?:average|typical|unit|mean|median|businesses|companies|traders?|consumers?|economy|society|country|landlords?"
    r"|industry|developers?|suppliers|living|employers?|productivity|per|capital|themselves"
    r"|low|each"
    r"|grants?|insur\w+|caps?|maximum|eligible|constraint|system|households?|private|motorists|drivers)"
)
REACH = 160
"""How many characters before a sum a construction may begin."""

CONSTRUCTIONS = (
    construction(
        "saving",
        "other",
        rf"(?:(?:cost-)?savings?|saves?|saved)\s{_FEW % 6}{_MEASURE}",
        unless=r"(?:savings\s(?:account|limit|bank|threshold)|per)",
    ),
    construction(
        "a saving after",
        "other",
        after=rf"\s(?:of\s|in\s)?(?!extra\sfrom\b|from\b){_FEW % 2}(?:savings?|efficiencies)\b",
    ),
    construction(
        "costs reduced",
        "other",
        r"(?:reduc\w+|lower\w*|cut\w*)\s(?:[\w-]+\s){0,3}?(?:expenditure|costs|spending|burdens?)\s"
        rf"(?:(?:of|on|for|to)\s(?:[\w-]+\s){{1,3}}?){{0,2}}by\s{_MEASURE}",
    ),
    construction(
        "raised", "other", rf"rais(?:e|es|ed|ing)\s(?:(?!to\b|by\b|the\b|concern\w*)[\w’'-]+\s){{0,4}}?{_MEASURE}"
    ),
    construction("was raised", "other", after=rf"\s(?:of\s)?{_FEW % 2}(?:was|were|is|has\sbeen|have\sbeen)\sraised\b"),
    construction(
        "revenue",
        "other",
        rf"(?:revenues?|receipts|proceeds|surplus|profits?|(?:fee|rental|investment)\sincome|income\sfrom)\s{_FEW % 10}"
        rf"(?:{_IS}|(?:reduced|fell|rose|increased)\sfrom)\s{_MEASURE}",
        unless=r"(?:rateable|threshold|reducing|increasing|raising)",
    ),
    construction(
        "receipts after",
        "other",
        after=rf"\s(?:of|in)\s{_FEW % 4}(?:receipts|proceeds|asset\ssales|disposals|revenues?"
        r"|income(?!\ssupport))\b",
    ),
    construction(
        "recovered", "other", rf"(?:recover(?:ed|s|ing)?|reclaimed|clawed\sback|seized|repaid)\s{_FEW % 5}{_MEASURE}"
    ),
    construction(
        "was recovered",
        "other",
        after=rf"\s(?:of\s|in\s)?{_FEW % 2}(?:was|were|has\sbeen|have\sbeen|had\sbeen)\s(?:\w+\s)?(?:recovered"
        rf"|clawed\sback|returned|repaid|seized|confiscated)\b",
    ),
    construction(
        "paid to the Treasury",
        "other",
        after=rf"\s(?:of\s|in\s)?{_FEW % 3}(?:was|were|is|has\sbeen|have\sbeen)\s(?:paid|returned|surrendered)\s"
        r"(?:back\s)?to\s(?:the\s)?(?:Treasury|Exchequer|HMRC|public\spurse)\b",
    ),
    construction("lost", "other", rf"(?:lost|losing|stolen|loses)\s(?:money\s)?(?:totalling\s|worth\s)?{_MEASURE}"),
    construction(
        "an amount of others",
        "other",
        rf"(?:{AMOUNTS_OF_OTHERS})\s(?:of|totalling|worth)\s{_MEASURE}",
        unless=r"(?:contracts?|grants?|thresholds?|orders|claims?|per|been\spaid)",
    ),
    construction(
        "a return on each pound",
        "other",
        r"£1\s(?:of\s[^.;£]{1,40}\s)?(?:invested|spent|put)\b[^.;£]{0,80}\b(?:generat|return|deliver|produc|creat|sav|yield|bring|provid)\w*\s"
        rf"{_FEW % 3}{_MEASURE}",
    ),
    construction(
        "each pound that returns more",
        "other",
        after=r"\s(?:of\s[^.;£]{1,40}\s)?(?:invested|spent|put)\b[^.;£]{0,80}\b(?:generat|return|deliver|produc|creat|sav|yield|bring|provid)\w*\s"
        r"[^.;]{0,30}£",
    ),
    construction(
        "goods valued",
        "other",
        rf"(?:goods|exports?|licences?|shares|assets)\s{_FEW % 2}(?:valued\sat|worth)\s{_MEASURE}",
    ),
    construction("gap", "other", rf"(?:tax\sgap|shortfall|black\shole)\s{_FEW % 4}{_IS}\s{_MEASURE}"),
    construction(
        "owed",
        "other",
        rf"(?:owed|owes?|owing|written\soff|wrote\soff|writes\soff|writ(?:e|ing)[-\s]off|liabilit(?:y|ies)|debts?|arrears|deficit"
        rf"|exposure|overpayments?)\s{_FEW % 6}(?:{_IS}\s)?{_MEASURE}",
        unless=r"(?:have\sbeen\spaid|paid\sin\sarrears)",
    ),
    construction(
        "a debt after",
        "other",
        after=rf"\s(?:of\s|in\s)?(?!free\b|before\b|to\b|for\b){_FEW % 1}(?:debts?(?!\sfinanc)|liabilit(?:y"
        rf"|ies)|arrears|black\shole|inheritance(?!\stax)|overpayments?|fraud|losses|loss|exposure)\b",
    ),
    construction(
        "received from",
        "other",
        r"(?:Government|Treasury|Exchequer|HMRC)\s(?:has\s|have\s|had\s)?(?:also\s)?received\s.*",
        r"(?:\s(?:in|of|as)\s[^.;£]{1,40})?\sfrom\b",
    ),
    construction(
        "penalties",
        "other",
        rf"(?:penalties|fines)\s(?:were|was|have\sbeen|had\sbeen|has\sbeen)?[^.;£]{{0,90}}(?:value|total|sum)\s(?:of|to)\s{_MEASURE}",
    ),
    construction("fined", "other", rf"fined\s{_FEW % 6}{_MEASURE}"),
    construction(
        "frozen",
        "other",
        after=rf"\s(?:of\s|in\s|worth\sof\s)?{_FEW % 1}frozen\s(?:funds|assets)\b",
    ),
    construction(
        "grants in all",
        "funding",
        rf"grants\b[^.;£]{{0,120}}(?:value\sof|totalling|total\sof|worth)\s{_MEASURE}",
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
        "out of court", "spend", rf"payments?\sof\s{_MEASURE}", r"[^.;£]{0,60}\b(?:out[-\s]of[-\s]court|compensation)\b"
    ),
    construction(
        "investment between countries",
        "other",
        rf"(?:stock\sof|foreign\sdirect|inward|bilateral|trade\sand|two-way)\s(?:[\w-]+\s){{0,4}}investment\b[^.;£]{{0,90}}"
        rf"(?:{_IS}|worth|totalling)\s{_MEASURE}",
    ),
    construction(
        "underspend",
        "other",
        rf"(?:under|over)spends?\s{_FEW % 5}(?:{_IS}\s)?{_MEASURE}",
        unless=r"(?:transfer\w*|reinvest\w*)",
    ),
    construction(
        "an underspend after", "other", after=rf"\)?\s(?:was\san?\s|was\sthe\s)?{_FEW % 1}(?:under|over)spends?\b"
    ),
    construction(
        "received from a sale",
        "other",
        rf"(?:receiv|generat|earn|obtain|collect|realis)\w*\s{_FEW % 2}{_MEASURE}",
        rf"\s(?:of\s|in\s)?{_FEW % 3}from\s(?:the\s|its\s|their\s)?{_FEW % 3}(?:sales?|disposals?|fees|charges"
        r"|licen[cs]\w+|leas\w+|rents?|rentals?|dividends?|auctions?|fines|tax(?:es)?|tolls|ticket\w*|repayments?|customers|tenants|penalt\w+)\b",
    ),
    construction(
        "for the economy",
        "other",
        after=rf"\s(?:of\s|in\s)?{_FEW % 3}(?:GVA|GDP|(?:to|for)\sthe\s(?:UK\s|local\s|national\s|wider"
        rf"\s)?economy|private\s(?:sector\s)?(?:capital|investment|funding|finance))\b",
    ),
    construction(
        "cost to the country",
        "other",
        rf"costs?\s(?:to\s)?(?:the|our|wider|UK|British|national)\s(?:\w+\s)?(?:economy|country|society"
        rf"|taxpayer)\s{_FEW % 3}{_MEASURE}",
    ),
    construction(
        "statistic",
        "other",
        r"(?:average|median|mean)\s(?:[\w-]+\s){0,3}(?:earnings|rents?|house\sprices?)\b[^.;]{0,150}",
    ),
    construction(
        "private investment",
        "other",
        rf"(?:companies|industry|operators?|developers|manufacturers|firms|investors"
        rf"|water\ssector)\s{_FEW % 3}(?:invest|spen|contribut)\w*\s{_MEASURE}",
    ),
    construction(
        "sub-contracts",
        "other",
        after=r"\s(?:worth\s)?(?:of\s|in\s)?(?:[\w-]+\s){0,2}sub-?contracts?\b",
    ),
    construction(
        "investment of companies",
        "other",
        after=r"\s(?:(?:of|in)\s)?(?:[\w-]+\s){0,2}(?:upgrade|investment|spending|programme)\s(?:[\w-]+\s){0,2}?(?:for|in|by|into)\s"
        r"(?:the\s)?(?:water\s(?:sector|industry|compan)|private\ssector|compan|industry|investors)",
        unless=r"(?:Government|we)",
    ),
    construction(
        "money of others",
        "other",
        after=r"\s(?:of|in)\s(?:[\w-]+\s){0,2}(?:funding|investment|capital|money)\sfrom\s(?:the\s)?(?:private|industry"
        r"|scheme\smembers|members|business\w*|partners|donors|charit\w+|compan\w+|investors|philanthrop\w+)\b",
    ),
    construction(
        "brought in",
        "other",
        rf"(?:generated|unlock(?:ed|ing)?|leverag(?:ed|ing)|attracted)\s{_MEASURE}",
        r"\s(?:of\s|in\s)(?:[\w-]+\s){0,2}(?:investment|capital|funding|finance)\b",
    ),
    construction("reliefs", "other", rf"reliefs?\s(?:delivered|provided|are\sworth|were\sworth|worth)\s{_MEASURE}"),
    construction("benefits valued", "other", rf"benefits?\s{_FEW % 12}(?:valued|estimated)\sat\s{_MEASURE}"),
    construction("benefits", "other", rf"(?:health|economic|social|wellbeing)\sbenefits?\s(?:of|worth)\s{_MEASURE}"),
    construction(
        "ordered to pay",
        "other",
        rf"(?:ordered\sto\spay|fines\stotalling|confiscation\sorder\sof|was\sfined|were\sfined)\s{_MEASURE}",
    ),
    construction(
        "was spent",
        "spend",
        after=rf"\s(?!allocated\b){_FEW % 5}(?:was|were|has\sbeen|have\sbeen|had\sbeen|is)\s(?:\w+\s)?(?:spent|paid"
        rf"|drawn\sdown|disbursed|incurred|expended)\b(?!\sback|\sto\s(?:the\s)?(?:Treasury|Exchequer|HMRC|public\spurse))",
        unless=r"incorrectly",
    ),
    construction(
        "spent after",
        "spend",
        after=r"\s(?:(?:in|of)\s)?(?:total\s)?(?:funding\s)?(?:was\s|were\s)?(?:spent|paid\sout)\b",
        unless=r"every",
    ),
    construction(
        "spent",
        "spend",
        rf"(?:spent|disbursed|incurred|expended|agreed\sto\spay)\s{_FEW % 4}{_MEASURE}",
        unless=r"(?:every|each|industry|companies|private)",
    ),
    construction(
        "cap",
        "rate",
        r"(?:capp(?:ed|ing)|caps?)\s(?:(?:the|single|all|bus|rail|fares?|bills?|costs?|charges|fees)\s){1,5}"
        rf"at\s{_MEASURE}",
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
        rf"(?:threshold|limit)\s(?:for\s(?:[\w’'-]+\s){{1,6}})?(?:is|was|remains|stands\sat|is\sset\sat)\s{_MEASURE}",
    ),
    construction(
        "cost",
        "spend",
        rf"(?:costs?|expenditure|outturn|(?:legal|professional|consultancy|management|court|audit)\sfees)\s(?:(?!{_NOT_PUBLIC}\b)(?:\d[\d,]*|[\w’'()/@-]+),?\s){{0,24}}?{_IS}\s{_MEASURE}",
        unless=rf"(?:{_NOT_PUBLIC}|less|savings?|price|up\sto\s\d+%|recoup\w*|thefts?)",
    ),
    construction(
        "cost set out",
        "spend",
        rf"costs?\sof\s[^.;£]{{1,90}}\b(?:set\sout|estimated|given|reported|stated|quoted|put)\s(?:[\w’'-]+\s){{0,4}}?(?:as|at)\s{_MEASURE}",
    ),
    construction("spending in brackets", "spend", r"(?:expenditures?|spending)\son\s[^.;£()]{1,80}\((?:c\.?\s?)?"),
    construction(
        "total value",
        "spend",
        rf"total\s(?:value|amount)\sof\s(?:[\w’'()/,-]+\s){{1,18}}?(?:is|was|were|are)\s{_MEASURE}",
        unless=r"(?:what|exports?|imports?|trade|debts?|loans?|fraud|grants?|loss\w*|funding|claims|deductions|per|fines)",
    ),
    construction("salaries in all", "spend", r".*\b(?:total|overall)\s(?:salary|salaries|pay\s?bill)\b[^.£]*"),
    construction(
        "payments", "spend", rf"payments\s{_FEW % 3}(?:equating\sto|totalling|amounting\sto|worth)\s{_MEASURE}"
    ),
    construction("contract award", "spend", r"contract\saward\b[^£]{0,40}value\s"),
    construction(
        "expected spending",
        "spend",
        rf"(?:spending|expenditure)\b[^.;£]{{0,60}}(?:is|are|was|were)\s(?:expected|forecast"
        rf"|projected)\sto\sbe\s{_MEASURE}",
    ),
    construction(
        "contracts after",
        "spend",
        after=r"\s(?:worth\s)?of\s(?:[\w-]+\s){0,3}(?:contracts?|orders)\b",
        unless=r"(?:threshold|private|export\w*)",
    ),
    construction(
        "contract value",
        "spend",
        rf"(?:contracts?|framework)\b[^.;£]{{0,80}}\b(?:value|valued|worth)\s(?:of|at|is|was|remains)\s{_MEASURE}",
        unless=r"(?:above|over|threshold)",
    ),
    construction(
        "average",
        "rate",
        rf"(?:an?|the)\s(?:mean\s|median\s)?average\s(?:(?!earnings|rent|income|salary|house"
        rf"|annual)[\w’'()/-]+,?\s){{1,14}}?{_IS}\s{_MEASURE}",
    ),
    construction(
        "mean",
        "rate",
        rf"(?:average|mean|median)\s(?:[\w-]+\s){{0,4}}(?:salary|pay|wage|award|payment|fee|price|bill|claim|grant)\b"
        rf"[^.;£]{{0,160}}\s{_IS}\s{_MEASURE}",
    ),
    construction("pay range", "rate", rf"(?:pay|salary)\s(?:range|band|scale)s?\s{_FEW % 3}(?:of\s)?{_MEASURE}"),
    construction(
        "a voucher", "rate", r"an?\s", r"\s(?:[a-z-]+\s){0,2}(?:vouchers?|discount|rebate|bonus|stipend|supplement)\b"
    ),
    construction("a share", "rate", after=r"\s(?:shares?|notes?|coins?|stamps?|tickets?)\b"),
    construction(
        "for each",
        "rate",
        after=r"\s(?:[a-z-]+\s){0,2}?(?:(?:an?|each|for\s(?:each|every))\s(?:hour|week|day|month|night|person|child"
        r"|pupil|student|head|household|tonne|unit|mwh|kwh|place|patient|employee|worker)\b"
        r"|per\s(?!cent|annum|year|quarter|financial|calendar|month)[a-z])",
    ),
    construction(
        "turnover",
        "rate",
        rf"(?:turnover|threshold|tariff)\s(?:of|at|is|above|below|over|under|exceeding|between)\s{_MEASURE}"
        rf"|(?:income|expenditure)\s(?:above|below|over|under|exceeding)\s{_MEASURE}"
        rf"|(?:rateable\s|net\s|under)values?\s(?:of|above|below|between|over|under|exceed(?:s|ing)|less\sthan|more\sthan)\s{_MEASURE}"
        rf"|(?:farms|estates|homes|houses|properties|assets|holdings)\sworth\s(?:more\sthan|over|less\sthan|up\sto)\s{_MEASURE}",
    ),
    construction(
        "fine",
        "rate",
        rf"fines?\s(?:of|up\sto)\s(?:up\sto\s[\d.]+%\s[^.;£]{{0,60}}\bor\s)?{_MEASURE}",
        unless=r"(?:imposed|issued|levied|received|totalling|total)",
    ),
    construction(
        "commitment to spend",
        "funding",
        rf"(?:commit(?:ments?|s|ted)?|pledged?s?|plan(?:s|ned)?)\b[^.;£]{{0,50}}\bto\s(?:spend"
        rf"|increas(?:e|ing)\s(?:[\w&-]+\s){{0,4}}?(?:spending|expenditure|investment|budget)\b[^.;]{{0,60}}\s(?:to|by|from))\s{_MEASURE}",
    ),
    construction(
        "allocated",
        "funding",
        rf"(?:allocated|awarded|earmarked|pledged|ring-?fenced)\s{_MEASURE}",
        unless=r"(?:contracts?|compensation|damages)",
    ),
    construction(
        "was allocated",
        "funding",
        after=rf"\s(?:of\s)?{_FEW % 3}(?:was|were|is|has\sbeen|have\sbeen|had\sbeen|will\sbe)\s(?:\w+"
        rf"\s)?(?:allocated|budgeted|earmarked|pledged|made\savailable)\b",
        unless=r"(?:reliefs?|payment)",
    ),
    construction(
        "budget", "funding", rf"(?-i:budgets?)\s(?:(?!impact|cost|sav)[\w’'()/-]+,?\s){{0,18}}?{_IS}\s{_MEASURE}"
    ),
    construction(
        "brings the total",
        "funding",
        rf"(?:taking|brings?|bringing)\s(?:the\s|our\s|its\s)?(?:total|overall)\s{_FEW % 4}(?:spend|spending"
        rf"|funding|investment)\s{_FEW % 6}to\s{_MEASURE}",
    ),
    construction("spending power", "funding", r"core\sspending\spower\b[^.;]{0,80}"),
    construction(
        "settlement",
        "funding",
        rf"(?:finance\s|funding\s|government\s|police\s|review\s)settlement\b[^.;£]{{0,60}}(?:worth|of"
        rf"|provides?|totals?|totalling)\s{_MEASURE}",
    ),
    construction(
        "grant", "funding", rf"(?:a|total)\s(?:capital\s|resource\s)?grant\sof\s{_MEASURE}", unless=r"(?:per|each)"
    ),
    construction("package", "funding", rf"package\s{_FEW % 4}worth\s{_MEASURE}"),
    construction(
        "we give",
        "funding",
        rf"(?:government|we|department|the\sUK|NHS\sEngland|DfE|FCDO)\s(?:is|are|has|have|will|also|be|now"
        rf"|recently|been)?(?:\s(?:is|are|has|have|will|also|be|now|recently|been))*\s?(?:invest(?:s|ed|ing)?"
        rf"|provid(?:e|es|ed|ing)|commit(?:s|ted|ting)?|announc(?:ed|ing))\s{_MEASURE}",
        unless=r"(?:saving|worth\sof|loans?)",
    ),
    construction(
        "of funding",
        "funding",
        after=r"\s(?:of|in)\s(?:[\w-]+\s){0,3}(?:funding|grants?)\b",
        unless=r"(?:private|from|lever\w*|unlock\w*|raised)",
    ),
    construction(
        "named fund",
        "funding",
        after=r"\s(?-i:(?:[A-Z][\w’&-]*,?\s(?:(?:and|of|for|the|to|in)\s)?){1,7}?(?:\([A-Z]\w+\)\s)?(?:Fund"
        r"|Programme|Scheme|Grant|Package|Initiative)\b)",
    ),
    construction(
        "funding for",
        "funding",
        after=r"\s(?:of\s|in\s)?(?:(?:new|additional|extra|further|total|capital|revenue|resource"
        r"|grant|government|public|core|UK)\s){0,3}funding\s(?:for|to|through|in|over|will)\b",
    ),
)


def find_construction(before: str, after: str) -> Construction | None:
    """Return the first construction that the words around a sum form, if any."""
    reached, following = before[-REACH:], after[:120]
    lowered = reached.lower()
    for one in CONSTRUCTIONS:
        if one.before and not (any(stem in lowered for stem in one.stems) and one.before.search(reached)):
            continue
        if one.after and not one.after.match(following):
            continue
        if one.unless and (one.unless.search(before[-120:]) or one.unless.search(after[:40])):
            continue
        return one
    return None
