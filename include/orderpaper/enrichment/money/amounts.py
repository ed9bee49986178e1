"""The grammar of amounts: find where a text states a sum of money, how much it is, and in which currency.

It reads three forms: a currency sign or code before a number (£13.1 million, US$5bn, £2.5-3bn), a currency word after
it (20 million euros, 96p), and a number in words (half a billion pounds). A range is one amount. Dates, counts and
percentages have no currency and are ignored, and so is the precision of rounding ("to the nearest £100m"). A number
that cannot be read to its end is no amount. `money.tables` reads bare numbers in tables.

Every repetition in the patterns is possessive or bounded, so that every text takes linear time.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal

from orderpaper.enrichment.money import numbers, words
from orderpaper.enrichment.money.amount import Amount, with_minus
from orderpaper.enrichment.money.currencies import SCALES, SIGNS, UNITS
from orderpaper.enrichment.money.numbers import PATTERN as NUMBER
from orderpaper.enrichment.money.numbers import read_number
from orderpaper.reading.markup import STRUCK_MARK

LIMIT = Decimal(10) ** 18
"""More than any sum in a parliamentary paper. A greater number is not an amount."""

_LONG_SCALE = "hundred|thousands?|millions?|milion|millon|billions?|billon|bilion|trillion|lakhs?|crores?"
_SCALE = (
    rf"(?:(?:[ ]{{0,2}}\n?-?(?:{_LONG_SCALE})(?![a-z])|[ ]?(?:bn|mn|mln|tn)(?![a-z])|(?:mil|[mkb])(?![a-z])"
    r"|[ ](?:[mk])(?![a-z0-9’'-])))"
)
_NOTE = r"[⁰¹²³⁴-⁹₀-₉⁽⁾]{1,4}+"
"""Matches a note marker between a number and its scale: "£25¹ million"."""
_AND_PART = rf"[ ]and[ ](?:an?[ ]|one[ ])?(?P<part%s>half|quarter|three[ -]quarters)(?=[ -](?:{_LONG_SCALE})(?![a-z]))"
"""Matches the fraction of "5 and a half million"."""
_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
_CODES = "gbp|eur|usd|aud|cad|chf|jpy|nok|sek|dkk"
_SIGN = rf"(?:(?:(?<![a-z])(?:usd?|a(?:ud?)?|ca?|can|nz|hk|s))?\$|[£€¥₹]|(?<![a-z])(?:{_CODES})(?=\s?\d))"
_UNIT = (
    r"(?:(?:us|australian|canadian|new[ ]zealand)[ ]dollars?|pounds?[ ]sterling|pounds?|pence|penny|euros?|dollars?"
    rf"|{_CODES}|cents|yen|rupees|swiss[ ]francs)"
)
_DASH = "[ ]?[-–—‑−][ ]?"
_SIGNED = re.compile(
    rf"""
    (?P<sign>{_SIGN})[ ]{{0,2}}(?P<minus>[-−][ ]?)?(?:[<>~][ ]?)?
    (?P<number>{NUMBER})(?:{_AND_PART % ""})?
    (?:{_NOTE}(?=[ ]))?(?P<scale>{_SCALE})?(?P<scale_again>[ ]?(?:{_LONG_SCALE}|bn)(?![a-z]))?
    (?:
        (?P<joint>{_DASH}|[ \n](?:to|and)[ \n])
        (?P<sign_high>{_SIGN})?[ ]?
        (?P<number_high>{NUMBER})
        (?P<scale_high>{_SCALE})?
        (?![%\d]|[/-]\d|[ ]?per[ ]?cent)
    )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WITH_UNIT = re.compile(
    rf"""(?<![\w£€$.,/·'’-])(?<!\d[ ])
    (?:
        (?P<number>{NUMBER})(?:{_AND_PART % ""})?(?P<scale>{_SCALE})?
        (?:
            (?P<joint>{_DASH}|[ \n](?:to|and|or)[ \n])
            (?P<number_high>{NUMBER})(?:{_AND_PART % "_high"})?(?P<scale_high>{_SCALE})?
        )?
        (?:[ -](?P<unit>{_UNIT})\b|(?P<pence>p)(?![\w.]\w|\w))
        |(?P<in_words>{words.PATTERN})[ -](?P<words_unit>{_UNIT})\b
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SIGN_AT = re.compile(r"[£€$¥₹]")
_SIGN_OR_CODE_AT = re.compile(rf"[£€$¥₹]|\b(?:{_CODES})(?=\s?\d)", re.IGNORECASE)
_BEFORE_DOLLAR = re.compile(r"(?<![A-Za-z])(?:usd?|a(?:ud?)?|ca?|can|nz|hk|s)$", re.IGNORECASE)
_CURRENCY_WORDS = (
    "pound", "Pound", "pence", "Pence", "penny", "euro", "Euros", "ollar", " cents", " yen", "rupee", "franc",
)  # fmt: skip
_CURRENCY_CODES = ("GBP", "EUR", "USD", "AUD", "CAD", "CHF", "JPY", "NOK", "SEK", "DKK")
"""Every currency word but "96p" contains one of these. Looking for them is much faster than matching a pattern."""
_PENCE = re.compile(r"\dp\b")
_CHANGE = re.compile(
    r"\b(?:increas\w+|ris(?:es?|ing|en)|rose|rais\w+|grow\w*|grew|fall\w*|fell|reduc\w+|cut\w*|drop\w*|mov(?:e[sd]?|ing)"
    r"|go(?:es|ing)?|went|doubl\w+|tripl\w+|lower\w*|up|down|chang\w+|decreas\w+|uprat\w+)\b(?:[^.;£]|\.\d)*$",
    re.IGNORECASE,
)


_SMALLER = re.compile(rf"[ ]\d[\d.,]*+(?P<scale>[ ](?:{_LONG_SCALE})(?![a-z])|(?:bn|[mk])(?![a-z]))", re.IGNORECASE)
_NEAREST = re.compile(
    r"\b(?:nearest|(?:units|multiples|steps) of"
    r"|(?:figures|values|amounts|numbers|totals|data) (?:\w+ ){0,3}?rounded to)"
    r"\s(?:the\s)?$",
    re.IGNORECASE,
)
"""Matches before the precision to which other sums are rounded."""
_HEADER = re.compile(r"[£€$](?:000(?![\d.,]\d)|[ ](?:19|20)\d\d[-/]\d\d)")
"""Matches the unit of a table that is printed as running text: "£000", "£ 2004-05"."""
_STRUCK = re.compile(rf"{STRUCK_MARK}(?>(?:[^~]|~(?!~))*){STRUCK_MARK}")


def has_money(text: str) -> bool:
    """Return whether a text can state a sum at all; a fast check that rejects most texts."""
    return _SIGN_AT.search(text) is not None or _has_currency_word(text)


def _has_currency_word(text: str) -> bool:
    return any(word in text for word in _CURRENCY_WORDS) or _has_code(text) or _PENCE.search(text) is not None


def _has_code(text: str) -> bool:
    return any(code in text for code in _CURRENCY_CODES)


def find_amounts(text: str) -> list[Amount]:
    """Return every sum of money with a currency in a tidy text, in order, without overlap."""
    found = list(_signed_amounts(text))
    if _has_currency_word(text):
        found = without_overlap([*found, *(a for match in _WITH_UNIT.finditer(text) if (a := _with_unit(text, match)))])
    found = [a for a in found if not _NEAREST.search(text, max(0, a.start - 60), a.start)]
    return _without_struck(text, found) if STRUCK_MARK in text else found


def without_overlap(amounts: list[Amount]) -> list[Amount]:
    """Return the amounts in reading order. Of two that overlap, keep the first, or else the longer one."""
    kept: list[Amount] = []
    for amount in sorted(amounts, key=lambda a: (a.start, -a.end)):
        if not kept or amount.start >= kept[-1].end:
            kept.append(amount)
    return kept


def _without_struck(text: str, amounts: list[Amount]) -> list[Amount]:
    """Return the amounts that the author has not struck out."""
    struck = [match.span() for match in _STRUCK.finditer(text)]
    starts = [start for start, _ in struck]
    return [a for a in amounts if not ((at := bisect_right(starts, a.start)) and a.start < struck[at - 1][1])]


def read_scale(printed: str | None) -> int:
    """Return the multiplier of a printed scale: " million", "m", None."""
    return SCALES[printed.strip(" \n-").lower()] if printed else 1


def _signed_amounts(text: str) -> Iterator[Amount]:
    position = 0
    sign_at = _SIGN_OR_CODE_AT if _has_code(text) else _SIGN_AT
    while (sign := sign_at.search(text, position)) is not None:
        start = sign.start()
        if sign[0] == "$" and (country := _BEFORE_DOLLAR.search(text, max(position, start - 4), start)):
            start = country.start()
        match = _SIGNED.match(text, start)
        amount = _signed(text, match) if match else None
        position = amount.end if amount else match.end("number") if match else sign.end()
        if amount and amount.high < LIMIT:
            yield with_minus(text, amount, match is not None and match["minus"] is not None)


def _signed(text: str, match: re.Match[str]) -> Amount | None:
    """Return the amount after a currency sign; None if its number cannot be read to its end."""
    currency = SIGNS[match["sign"].lower()]
    scale, flag, end = read_scale(match["scale"]), None, match.end("number")
    if match["scale"]:
        end = match.end("scale")
    if match["scale_again"]:
        again = read_scale(match["scale_again"])
        if not match["scale"]:
            scale, end = again, match.end("scale_again")
        elif again == scale:
            flag, end = "scale printed twice", match.end("scale_again")
        elif scale < again:
            scale, end = scale * again, match.end("scale_again")
    number = read_number(match["number"], has_scale=scale > 1)
    if _HEADER.match(text, match.start("sign")):
        return None
    if number is None or (end == match.end("number") and numbers.GOES_ON.match(text, end)) or _is_cut(text, end, scale):
        return None
    low, flag = number.value + _part(match["part"]), flag or number.flag
    if match["number_high"] and _is_range(text, match):
        scale_high = read_scale(match["scale_high"])
        high = read_number(match["number_high"], has_scale=scale_high > 1)
        if high is None:
            return None
        if scale == 1 and low < high.value and "," not in match["number"]:
            scale = scale_high
        if low * scale <= high.value * scale_high:
            end = match.end("scale_high") if match["scale_high"] else match.end("number_high")
            flag = flag or high.flag
            return Amount(match.start(), end, low * scale, high.value * scale_high, currency, flag)
    return Amount(match.start(), end, low * scale, low * scale, currency, flag)


def _part(printed: str | None) -> Decimal:
    """Return the value of "half" in "5 and a half million"."""
    return _PARTS.get(printed.lower(), Decimal("0.75")) if printed else Decimal(0)


def _is_cut(text: str, end: int, scale: int) -> bool:
    """Return whether a smaller part of the same number follows: "£5 million 300 thousand"."""
    more = _SMALLER.match(text, end) if scale > 1 else None
    return more is not None and read_scale(more["scale"]) < scale


def _is_range(text: str, match: re.Match[str]) -> bool:
    """Return whether two sums joined by a dash, "to" or "and" are the ends of one range."""
    joint = match["joint"].strip().lower()
    before = text[max(0, match.start() - 150) : match.start()].lower()
    bare_high = not match["sign_high"] and not match["scale_high"]
    if not match["sign_high"] and "," in match["number"] and "," not in match["number_high"]:
        return False
    if match["sign_high"] and SIGNS[match["sign_high"].lower()] != SIGNS[match["sign"].lower()]:
        return False
    if joint == "and":
        return re.search(r"\bbetween\s+(?:\w+ ){0,3}$", before) is not None and not bare_high
    if joint == "to":
        if bare_high:
            return False
        if re.search(r"\b(?:from|by)\s+(?:\w+ ){0,3}$", before):
            return not _CHANGE.search(before) or re.search(r"\b(?:rang|var)\w+ (?:\w+ )?from\s+$", before) is not None
        return True
    if bare_high and "," in match["number_high"]:
        return "," in match["number"]
    return not bare_high or ("," not in match["number"] and match["joint"].strip(" ") == match["joint"])


def _with_unit(text: str, match: re.Match[str]) -> Amount | None:
    """Return the amount before a currency word; only its upper end if "or" or a falling order makes it no range."""
    unit = match["words_unit"] or match["unit"] or match["pence"]
    currency, parts = UNITS[unit.lower()]
    if match["in_words"]:
        value = words.read_words(match["in_words"])
        return (
            Amount(match.start("in_words"), match.end(), value / parts, value / parts, currency)
            if value is not None
            else None
        )
    scale, start = read_scale(match["scale"]), match.start("number")
    number = read_number(match["number"], has_scale=scale > 1)
    if number is None or (match["pence"] and number.value >= 1000):
        return None  # 1080p is a resolution
    low = high = number.value + _part(match["part"])
    scale_high, flag = scale, number.flag
    if match["number_high"]:
        scale_high = read_scale(match["scale_high"])
        upper = read_number(match["number_high"], has_scale=scale_high > 1)
        if upper is None:
            return None
        high, flag = upper.value + _part(match["part_high"]), flag or upper.flag
        if match["joint"].strip().lower() in ("and", "or") or low > high:
            low, scale, start = high, scale_high, match.start("number_high")
        elif not match["scale"]:
            scale = scale_high
    high *= scale_high
    if high >= LIMIT:
        return None
    amount = Amount(start, match.end(), low * scale / parts, high / parts, currency, flag)
    return with_minus(text, amount, has_minus=False)
