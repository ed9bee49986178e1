"""Constructions of amounts for each one: prices, thresholds, averages, fines."""

from orderpaper.enrichment.money.construction import FEW, IS, MEASURE, construction

RATES = (
    construction(
        "average",
        "rate",
        rf"(?:an?|the)\s(?:mean\s|median\s)?average\s(?:(?!earnings|rent|income|salary|house"
        rf"|annual)[\w’'()/-]+,?\s){{1,14}}?{IS}\s{MEASURE}",
    ),
    construction(
        "mean",
        "rate",
        rf"(?:average|mean|median)\s(?:[\w-]+\s){{0,4}}(?:salary|pay|wage|award|payment|fee|price|bill|claim|grant)\b"
        rf"[^.;£]{{0,160}}\s{IS}\s{MEASURE}",
    ),
    construction("pay range", "rate", rf"(?:pay|salary)\s(?:range|band|scale)s?\s{FEW % 3}(?:of\s)?{MEASURE}"),
    construction(
        "a voucher", "rate", r"an?\s", r"\s(?:[a-z-]+\s){0,2}(?:vouchers?|discount|rebate|bonus|stipend|supplement)\b"
    ),
    construction("a share", "rate", after=r"\s(?:shares?|notes?|coins?|stamps?|tickets?)\b"),
    construction(
        "for each",
        "rate",
        after=r"\s(?:[a-z-]+\s){0,2}?(?:(?:an?|each|for\s(?:each|every))\s(?:person|child"
        r"|pupil|student|head|household|tonne|unit|mwh|kwh|place|patient|employee|worker)\b"
        r"|per\s(?!cent|annum|year|quarter|financial|calendar|month|hour|week|day|night)[a-z])",
    ),
    construction(
        "for each day",
        "rate",
        after=r"\s(?:[a-z-]+\s){0,2}?(?:(?:an?|each|every)\s(?:hour|week|day|month|night)|per\s(?:hour|week|day|night))\b",
        most=1_000_000,
    ),
    construction(
        "turnover",
        "rate",
        rf"(?:turnover|threshold|tariff)\s(?:of|at|is|above|below|over|under|exceeding|between)\s{MEASURE}"
        rf"|(?:income|expenditure)\s(?:above|below|over|under|exceeding)\s{MEASURE}"
        rf"|(?:rateable\s|net\s|under)values?\s(?:of|above|below|between|over|under|exceed(?:s|ing)|less\sthan|more\sthan)\s{MEASURE}"
        rf"|(?:farms|estates|homes|houses|properties|assets|holdings)\sworth\s(?:more\sthan|over|less\sthan|up\sto)\s{MEASURE}",
    ),
    construction(
        "fine",
        "rate",
        rf"fines?\s(?:of|up\sto)\s(?:up\sto\s[\d.]+%\s[^.;£]{{0,60}}\bor\s)?{MEASURE}",
        unless=r"(?:imposed|issued|levied|received|totalling|total)",
    ),
)
