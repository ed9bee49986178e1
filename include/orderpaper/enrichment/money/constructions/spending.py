"""Constructions of what public bodies spent, and of what things cost them."""

from orderpaper.enrichment.money.construction import FEW, IS, MEASURE, NOT_PUBLIC, construction

SPENDING = (
    construction(
        "was spent",
        "spend",
        after=rf"\s(?!allocated\b){FEW % 5}(?:was|were|has\sbeen|have\sbeen|had\sbeen|is)\s(?:\w+\s)?(?:spent|paid"
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
        r"(?:spent|disbursed|incurred|expended|agreed\sto\spay|expects?\sto\s(?:be\s)?spend(?:ing)?|expected\sto\s(?:be\s)?spend(?:ing)?"
        rf"|forecast\sto\s(?:be\s)?spend(?:ing)?|to\sbe\sspending)\s{FEW % 4}{MEASURE}",
        unless=r"(?:every|each|industry|companies|private)",
    ),
    construction(
        "cost",
        "spend",
        rf"(?:costs?|expenditure|outturn|(?:legal|professional|consultancy|management|court|audit)\sfees)\s(?:(?!{NOT_PUBLIC}\b)(?:\d[\d,]*|[\w’'()/@-]+),?\s){{0,24}}?{IS}\s{MEASURE}",
        unless=rf"(?:{NOT_PUBLIC}|less|savings?|price|up\sto\s\d+%|recoup\w*|thefts?)",
    ),
    construction(
        "cost set out",
        "spend",
        rf"costs?\sof\s[^.;£]{{1,90}}\b(?:set\sout|estimated|given|reported|stated|quoted|put)\s(?:[\w’'-]+\s){{0,4}}?(?:as|at)\s{MEASURE}",
    ),
    construction("spends", "spend", rf"spends\s{MEASURE}", unless=NOT_PUBLIC, least=50_000),
    construction(
        "spending on something",
        "spend",
        rf"(?:spend|spending)\s(?:on|against|for|by)\s[^.;£]{{1,90}}\s(?:was|were|is|totall?ed|totalling|totals|amounted\sto|reached)\s{MEASURE}",
    ),
    construction("used", "spend", after=r"\s(?:was|were|has\sbeen|have\sbeen)\sused\b"),
    construction("spending in brackets", "spend", r"(?:expenditures?|spending)\son\s[^.;£()]{1,80}\((?:c\.?\s?)?"),
    construction(
        "total value",
        "spend",
        rf"total\s(?:value|amount)\sof\s(?:[\w’'()/,-]+\s){{1,18}}?(?:is|was|were|are)\s{MEASURE}",
        unless=r"(?:what|exports?|imports?|trade|debts?|loans?|fraud|grants?|loss\w*|funding|claims|deductions|per|fines)",
    ),
    construction("salaries in all", "spend", r".*\b(?:total|overall)\s(?:salary|salaries|pay\s?bill)\b[^.£]*"),
    construction("payments", "spend", rf"payments\s{FEW % 3}(?:equating\sto|totalling|amounting\sto|worth)\s{MEASURE}"),
    construction("contract award", "spend", r"contract\saward\b[^£]{0,40}value\s"),
    construction(
        "expected spending",
        "spend",
        rf"(?:spending|expenditure)\b[^.;£]{{0,60}}(?:is|are|was|were)\s(?:expected|forecast"
        rf"|projected)\sto\sbe\s{MEASURE}",
    ),
    construction(
        "named contract",
        "spend",
        after=r"\s(?:(?-i:[A-Z(])[\w()&’/-]*\s|(?:new|annual|single|supply|framework|\w+-year)\s){0,6}contracts?\b",
        unless=r"(?:threshold|above|over|below|under|less\sthan|export\w*)",
    ),
    construction(
        "part of a sum that was spent",
        "spend",
        after=r"\sof\s(?:the|this|that|our)\s£[\d.,]+[^.;£]{1,120}?\s(?:was|were|has\sbeen|have\sbeen|had\sbeen)\s(?:\w+\s)?(?:spent|paid)\b"
        r"(?!\sback)",
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
        rf"(?:contracts?|framework)\b[^.;£]{{0,80}}\b(?:value|valued|worth)\s(?:of|at|is|was|remains)\s{MEASURE}",
        unless=r"(?:above|over|threshold)",
    ),
)
