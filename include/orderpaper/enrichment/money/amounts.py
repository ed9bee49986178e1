"""The grammar of amounts: find where a text states a sum of money, how much it is, and in which currency.

It reads three forms: a currency sign or code before a number (£13.1 million, US$5bn, £2.5-3bn), a currency word after
it (20 million euros, 96p), and a number in words (half a billion pounds). A range is one amount. Dates, counts and
percentages have no currency and are ignored. `money.tables` reads bare numbers in tables.

Every repetition in the patterns is possessive or bounded, so that every text takes linear time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from orderpaper.enrichment.money import words
from orderpaper.enrichment.money.currencies import SCALES, SIGNS, UNITS

LIMIT = Decimal(10) ** 18
"""More than any sum in a parliamentary paper. A greater number is not an amount."""

_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_SPACE = "[ \xa0\u2007\u2009\u202f]"
_LONG_SCALE = "thousands?|millions?|milion|millon|billions?|billon|bilion|trillion"
_SCALE = (
    rf"(?:(?:{_SPACE}{{0,2}}\n?-?(?:{_LONG_SCALE})\b|{_SPACE}?(?:bn|mn|mln|tn)(?![a-z])|(?:mil|[mkb])(?![a-z])"
    rf"|{_SPACE}(?:[mk])(?![a-z0-9’'-])))"
)
NUMBER = r"(?:(?:\d++(?:,\d{3})*+)(?:\.\d++)?+[½¼¾]?|[½¼¾])"
_CODES = "gbp|eur|usd|aud|cad|chf|jpy|nok|sek|dkk"
_SIGN = rf"(?:(?:(?<![a-z])(?:usd?|a(?:ud?)?|ca?|can|nz|hk|s))?\$|[£€¥₹]|(?<![a-z])(?:{_CODES})(?=\s?\d))"
_UNIT = (
    r"(?:(?:us|australian|canadian|new[ ]zealand)[ ]dollars?|pounds?[ ]sterling|pounds?|pence|penny|euros?|dollars?"
    rf"|{_CODES}|cents|yen|rupees|swiss[ ]francs)"
)
_DASH = rf"{_SPACE}?[-–—‑−]{_SPACE}?"
_SIGNED = re.compile(
    rf"""
    (?P<sign>{_SIGN}){_SPACE}{{0,2}}(?:[<>~]{_SPACE}?)?
    (?P<number>{NUMBER})
    (?P<scale>{_SCALE})?(?P<scale_again>{_SPACE}?(?:{_LONG_SCALE}|bn)\b)?
    (?:
        (?P<joint>{_DASH}|[ \n\xa0](?:to|and)[ \n\xa0])
        (?P<sign_high>{_SIGN})?{_SPACE}?
        (?P<number_high>{NUMBER})
        (?P<scale_high>{_SCALE})?
        (?![%\d]|[./,-]\d|{_SPACE}?per{_SPACE}?cent)
    )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WITH_UNIT = re.compile(
    rf"""(?<![\w£€$.,/-])
    (?:
        (?P<number>{NUMBER})(?P<scale>{_SCALE})?
        (?:
            (?P<joint>{_DASH}|[ \n\xa0](?:to|and|or)[ \n\xa0])
            (?P<number_high>{NUMBER})(?P<scale_high>{_SCALE})?
        )?
        (?:[ \xa0-](?P<unit>{_UNIT})\b|(?P<pence>p)(?![\w.]\w|\w))
        |(?P<in_words>{words.PATTERN})[ \xa0-](?P<words_unit>{_UNIT})\b
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


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money: its place in a text and its value in whole currency units."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    currency: str
    flag: str | None = None
    """How it was read, if what is printed is doubtful."""


def has_money(text: str) -> bool:
    """Return whether a text can state a sum at all; a fast check that rejects most texts."""
    return "£" in text or "€" in text or "$" in text or _has_currency_word(text)


def _has_currency_word(text: str) -> bool:
    return any(word in text for word in _CURRENCY_WORDS) or _has_code(text) or _PENCE.search(text) is not None


def _has_code(text: str) -> bool:
    return any(code in text for code in _CURRENCY_CODES)


def find_amounts(text: str) -> list[Amount]:
    """Return every sum of money with a currency, in order, without overlap."""
    signed = list(_signed_amounts(text))
    if not _has_currency_word(text):
        return signed
    return without_overlap([*signed, *(a for match in _WITH_UNIT.finditer(text) if (a := _with_unit(match)))])


def without_overlap(amounts: list[Amount]) -> list[Amount]:
    """Return the amounts in reading order. Of two that overlap, keep the first, or else the longer one."""
    kept: list[Amount] = []
    for amount in sorted(amounts, key=lambda a: (a.start, -a.end)):
        if not kept or amount.start >= kept[-1].end:
            kept.append(amount)
    return kept


def read_number(printed: str) -> Decimal:
    """Return the value of a printed number: "1,200", "2.5", "1½"."""
    vulgar = _VULGAR.get(printed[-1:])
    digits = printed[:-1] if vulgar is not None else printed
    return Decimal(digits.replace(",", "") or 0) + (vulgar or 0)


def read_scale(printed: str | None) -> int:
    """Return the multiplier of a printed scale: " million", "m", None."""
    return SCALES[printed.strip(" \t\xa0\u2007\u2009\u202f\n-").lower()] if printed else 1


def _signed_amounts(text: str) -> Iterator[Amount]:
    position = 0
    sign_at = _SIGN_OR_CODE_AT if _has_code(text) else _SIGN_AT
    while (sign := sign_at.search(text, position)) is not None:
        start = sign.start()
        if sign[0] == "$" and (country := _BEFORE_DOLLAR.search(text, max(position, start - 4), start)):
            start = country.start()
        match = _SIGNED.match(text, start)
        amount = _signed(text, match) if match else None
        position = amount.end if amount else sign.end()
        if amount and amount.high < LIMIT:
            yield amount


def _signed(text: str, match: re.Match[str]) -> Amount:
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
    low = read_number(match["number"])
    if match["number_high"] and _is_range(text, match):
        high = read_number(match["number_high"])
        scale_high = read_scale(match["scale_high"])
        if scale == 1 and low < high and "," not in match["number"]:
            scale = scale_high
        if low * scale <= high * scale_high:
            return Amount(
                match.start(),
                match.end("scale_high") if match["scale_high"] else match.end("number_high"),
                low * scale,
                high * scale_high,
                currency,
                flag,
            )
    return Amount(match.start(), end, low * scale, low * scale, currency, flag)


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
    return not bare_high or ("," not in match["number"] and match["joint"].strip(" ") == match["joint"])


def _with_unit(match: re.Match[str]) -> Amount | None:
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
    low = high = read_number(match["number"])
    if match["pence"] and low >= 1000:
        return None  # a resolution such as 1080p
    scale_high = scale
    if match["number_high"]:
        high, scale_high = read_number(match["number_high"]), read_scale(match["scale_high"])
        if match["joint"].strip().lower() in ("and", "or") or low > high:
            low, scale, start = high, scale_high, match.start("number_high")
        elif not match["scale"]:
            scale = scale_high
    high *= scale_high
    return Amount(start, match.end(), low * scale / parts, high / parts, currency) if high < LIMIT else None
