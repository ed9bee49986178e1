"""Constructions of money that no public body gives or spends: income, savings, debts, values, private money."""

from orderpaper.enrichment.money.construction import FEW, IS, MEASURE, construction
from orderpaper.enrichment.money.nouns import AMOUNTS_OF_OTHERS

COMPANIES_AND_PEOPLE = r"business\w*|industry|firms|households|consumers|companies|employers|landlords"
OF_OTHERS = (
    construction(
        "given by a charity",
        "other",
        r"(?:(?-i:Foundation)|charit(?:y|ies)|charitable|philanthrop\w+)\b[^.;£]{0,80}\b(?:award|grant|donat|giv"
        r"|provid|fund|contribut)\w*\s"
        rf"{FEW % 3}{MEASURE}",
        unless=r"(?:NHS|Government|Department|we)",
    ),
    construction(
        "saving",
        "other",
        rf"(?:(?:cost-)?savings?|saves?|saved)\s{FEW % 6}{MEASURE}",
        unless=r"(?:savings\s(?:account|limit|bank|threshold)|per)",
    ),
    construction("savings in brackets", "other", r"(?:savings?|saves?|saved|efficiencies)\b[^.;£()]{0,120}\("),
    construction(
        "a saving after",
        "other",
        after=rf"\s(?:of\s|in\s)?(?!extra\sfrom\b|from\b){FEW % 2}(?:savings?|efficiencies)\b",
    ),
    construction(
        "costs reduced",
        "other",
        r"(?:reduc\w+|lower\w*|cut\w*)\s(?:[\w-]+\s){0,3}?(?:expenditure|costs|spending|burdens?)\s"
        rf"(?:(?:of|on|for|to)\s(?:[\w-]+\s){{1,3}}?){{0,2}}by\s{MEASURE}",
    ),
    construction(
        "raised", "other", rf"rais(?:e|es|ed|ing)\s(?:(?!to\b|by\b|the\b|concern\w*)[\w’'-]+\s){{0,4}}?{MEASURE}"
    ),
    construction("was raised", "other", after=rf"\s(?:of\s)?{FEW % 2}(?:was|were|is|has\sbeen|have\sbeen)\sraised\b"),
    construction(
        "revenue",
        "other",
        rf"(?:revenues?|receipts|proceeds|surplus|profits?|(?:fee|rental|investment)\sincome|income\sfrom)\s{FEW % 10}"
        rf"(?:{IS}|(?:reduced|fell|rose|increased)\sfrom)\s{MEASURE}",
        unless=r"(?:rateable|threshold|reducing|increasing|raising)",
    ),
    construction(
        "receipts after",
        "other",
        after=rf"\s(?:of|in)\s{FEW % 4}(?:receipts|proceeds|asset\ssales|disposals"
        r"|revenues?(?!\s(?:and\scapital|funding|grants?|support|budgets?|spend\w*|expenditure|costs?))"
        r"|income(?!\ssupport))\b",
    ),
    construction(
        "recovered", "other", rf"(?:recover(?:ed|s|ing)?|reclaimed|clawed\sback|seized|repaid)\s{FEW % 5}{MEASURE}"
    ),
    construction(
        "was recovered",
        "other",
        after=rf"\s(?:of\s|in\s)?{FEW % 2}(?:was|were|has\sbeen|have\sbeen|had\sbeen)\s(?:\w+\s)?(?:recovered"
        rf"|clawed\sback|returned|repaid|seized|confiscated)\b",
    ),
    construction(
        "paid to the Treasury",
        "other",
        after=rf"\s(?:of\s|in\s)?{FEW % 3}(?:was|were|is|has\sbeen|have\sbeen)\s(?:paid|returned|surrendered)\s"
        r"(?:back\s)?to\s(?:the\s)?(?:Treasury|Exchequer|HMRC|public\spurse)\b",
    ),
    construction("lost", "other", rf"(?:lost|losing|stolen|loses)\s(?:money\s)?(?:totalling\s|worth\s)?{MEASURE}"),
    construction(
        "an amount of others",
        "other",
        rf"(?:{AMOUNTS_OF_OTHERS})\s(?:of|totalling|worth)\s{MEASURE}",
        unless=r"(?:contracts?|grants?|thresholds?|orders|claims?|per|been\spaid)",
    ),
    construction(
        "a return on each pound",
        "other",
        r"£1\s(?:of\s[^.;£]{1,40}\s)?(?:invested|spent|put)\b[^.;£]{0,80}\b(?:generat|return|deliver|produc|creat"
        r"|sav|yield|bring|provid)\w*\s"
        rf"{FEW % 3}{MEASURE}",
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
        rf"(?:goods|exports?|licences?|shares|assets)\s{FEW % 2}(?:valued\sat|worth)\s{MEASURE}",
    ),
    construction("gap", "other", rf"(?:tax\sgap|shortfall|black\shole)\s{FEW % 4}{IS}\s{MEASURE}"),
    construction(
        "owed",
        "other",
        rf"(?:owed|owes?|owing|written\soff|wrote\soff|writes\soff|writ(?:e|ing)[-\s]off|liabilit(?:y|ies)"
        rf"|debts?|arrears|deficit"
        rf"|exposure|overpayments?)\s{FEW % 6}(?:{IS}\s)?{MEASURE}",
        unless=r"(?:have\sbeen\spaid|paid\sin\sarrears)",
    ),
    construction(
        "a debt after",
        "other",
        after=rf"\s(?:of\s|in\s)?(?!free\b|before\b|to\b|for\b){FEW % 1}"
        r"(?:debts?(?!\s(?:financ|repay|relief|advice|support|reduc))|liabilit(?:y|ies)|arrears|black\shole|inheritance(?!\stax)|overpayments?|fraud|losses|loss|exposure)\b",
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
        rf"(?:penalties|fines)\s(?:were|was|have\sbeen|had\sbeen|has\sbeen)?[^.;£]{{0,90}}(?:value|total|sum)\s(?:of"
        rf"|to)\s{MEASURE}",
    ),
    construction("fined", "other", rf"fined\s{FEW % 6}{MEASURE}"),
    construction(
        "frozen",
        "other",
        after=rf"\s(?:of\s|in\s|worth\sof\s)?{FEW % 1}frozen\s(?:funds|assets)\b",
    ),
    construction(
        "investment between countries",
        "other",
        rf"(?:stock\sof|foreign\sdirect|inward|bilateral|trade\sand"
        rf"|two-way)\s(?:[\w-]+\s){{0,4}}investment\b[^.;£]{{0,90}}"
        rf"(?:{IS}|worth|totalling)\s{MEASURE}",
    ),
    construction(
        "underspend",
        "other",
        rf"(?:under|over)spends?\s{FEW % 5}(?:{IS}\s)?{MEASURE}",
        unless=r"(?:transfer\w*|reinvest\w*)",
    ),
    construction(
        "an underspend after", "other", after=rf"\)?\s(?:was\san?\s|was\sthe\s)?{FEW % 1}(?:under|over)spends?\b"
    ),
    construction(
        "received from a sale",
        "other",
        rf"(?:receiv|generat|earn|obtain|collect|realis)\w*\s{FEW % 2}{MEASURE}",
        rf"\s(?:of\s|in\s)?{FEW % 3}from\s(?:the\s|its\s|their\s)?{FEW % 3}(?:sales?|disposals?|fees|charges"
        r"|licen[cs]\w+|leas\w+|rents?|rentals?|dividends?|auctions?|fines|tax(?:es)?|tolls|ticket\w*"
        r"|repayments?|customers|tenants|penalt\w+)\b",
    ),
    construction(
        "for the economy",
        "other",
        after=rf"\s(?:of\s|in\s)?{FEW % 3}(?:GVA|GDP|(?:to|for)\sthe\s(?:UK\s|local\s|national\s|wider"
        rf"\s)?economy|private\s(?:sector\s)?(?:capital|investment|funding|finance))\b",
    ),
    construction(
        "cost to others",
        "other",
        rf"costs?\b[^.;£]{{0,90}}{MEASURE}",
        rf"\s(?:(?:a|per|each)\syear\s)?to\s(?:the\s)?(?:UK|economy|country|society|{COMPANIES_AND_PEOPLE})\b",
    ),
    construction(
        "cost to the country",
        "other",
        rf"costs?\s(?:to\s)?(?:the|our|wider|UK|British|national)\s(?:\w+\s)?(?:economy|country|society"
        rf"|taxpayer)\s{FEW % 3}{MEASURE}",
    ),
    construction(
        "cost to businesses",
        "other",
        rf"costs?\sto\s(?:UK\s|all\s)?(?:{COMPANIES_AND_PEOPLE})"
        rf"(?:\s{FEW % 6}|\s(?:[\w-]+\s){{0,3}}[\w-]+:\s){MEASURE}",
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
        rf"|water\ssector)\s{FEW % 3}(?:invest|spen|contribut)\w*\s{MEASURE}",
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
        after=r"\s(?:of|in)\s(?:[\w-]+\s){0,2}(?:funding|investment|capital|money)\s"
        r"(?:(?:was\s|were\s|being\s)?(?:provided|contributed|paid|made)\s(?:by|from)|from|by)\s(?:(?:the|an?)\s)?(?:\w+\srange\sof\s)?(?:private|developers|industry"
        r"|scheme\smembers|members|business\w*|partners|donors|charit\w+|compan\w+|investors|philanthrop\w+)\b",
    ),
    construction(
        "brought in",
        "other",
        rf"(?:generat|unlock|leverag|attract|mobilis|catalys|crowd|stimulat)(?:es?|ed|ing)?\s(?:in\s)?{MEASURE}",
        r"\s(?:(?:of|in)\s)?(?!additional\sfunding)(?:[\w-]+\s){0,2}(?:investment|capital|funding|finance)\b",
    ),
    construction("reliefs after", "other", after=r"\s(?:of|in|worth\sof)\s(?:(?!debt\b)[\w-]+\s){0,2}reliefs?\b"),
    construction(
        "an estimate of a value",
        "other",
        rf"(?:estimat\w*|assess\w*|put)\s(?:that\s)?the\s(?:\w+\s){{0,2}}value\sof\s[^.;£]{{1,60}}\s(?:to\sbe|at|as|is|was)\s{MEASURE}",
        unless=r"(?:contracts?|grants?|awards?)",
    ),
    construction(
        "lent by others", "other", rf"(?:banks?|lenders?|societies|CDFIs)\s(?:(?:has|have)\s)?lent\s{MEASURE}"
    ),
    construction(
        "a water company",
        "other",
        rf"(?-i:Water)\s(?:[a-z]+\s){{0,3}}?(?:invest|spen|deliver|commit)\w*\s{MEASURE}",
        least=1_000_000,
    ),
    construction("prevented", "other", rf"prevent(?:ed|ing|s)?\s{MEASURE}"),
    construction("for every pound", "other", r"for\severy\s", r"\s(?:[\w-]+\s){0,3}?(?:invested|spent|put\sin)\b"),
    construction("things worth", "other", after=r"\s(?:worth\s)?of\s(?:stolen|counterfeit|illicit|smuggled|illegal)\b"),
    construction(
        "received by the Government",
        "other",
        rf"(?:Government|Treasury|Exchequer|HMRC|HM\sRevenue\sand\sCustoms)\s(?:(?:has|have|had|also)\s)*(?:received|collected|recovered)\s{MEASURE}",
        unless=r"(?:Welsh|Scottish|Local)\sGovernment",
    ),
    construction("reliefs", "other", rf"reliefs?\s(?:delivered|provided|are\sworth|were\sworth|worth)\s{MEASURE}"),
    construction("benefits valued", "other", rf"benefits?\s{FEW % 12}(?:valued|estimated)\sat\s{MEASURE}"),
    construction("benefits", "other", rf"(?:health|economic|social|wellbeing)\sbenefits?\s(?:of|worth)\s{MEASURE}"),
    construction(
        "ordered to pay",
        "other",
        rf"(?:ordered\sto\spay|fines\stotalling|confiscation\sorder\sof|was\sfined|were\sfined)\s{MEASURE}",
    ),
)
