"""The grammar of amounts: where a text states a sum of money, how much, in which currency.

Three shapes are read: a currency sign or code before a number (£13.1 million, US$5bn, £2.5-3bn), a currency word
after it (20 million euros, 96p), and the same in words (half a billion pounds). A range is one amount. Dates, counts
and percentages have no currency and are not read; bare numbers in tables are read by `orderpaper.money.tables`.

Every repetition in the patterns is possessive or bounded, so that no text takes more than linear time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from orderpaper.money import words

SCALES: dict[str, int] = {
    "hundred": 100,
    "thousand": 10**3,
    "thousands": 10**3,
    "k": 10**3,
    "million": 10**6,
    "millions": 10**6,
    "milion": 10**6,
    "millon": 10**6,
    "mil": 10**6,
    "mln": 10**6,
    "mn": 10**6,
    "m": 10**6,
    "billion": 10**9,
    "billions": 10**9,
    "billon": 10**9,
    "bilion": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
}
"""Scale word or letter as printed, misprints that departments make included, → multiplier."""

SIGNS: dict[str, str] = {
    "£": "GBP",
    "€": "EUR",
    "$": "USD",
    "us$": "USD",
    "usd$": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "aud$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "can$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "¥": "JPY",
    "₹": "INR",
    "gbp": "GBP",
    "eur": "EUR",
    "usd": "USD",
    "aud": "AUD",
    "cad": "CAD",
    "chf": "CHF",
    "jpy": "JPY",
    "nok": "NOK",
    "sek": "SEK",
    "dkk": "DKK",
}
"""Currency sign or code that may stand before a number → ISO 4217."""

UNITS: dict[str, tuple[str, int]] = {
    "pounds sterling": ("GBP", 1),
    "pound sterling": ("GBP", 1),
    "pounds": ("GBP", 1),
    "pound": ("GBP", 1),
    "pence": ("GBP", 100),
    "penny": ("GBP", 100),
    "p": ("GBP", 100),
    "gbp": ("GBP", 1),
    "euros": ("EUR", 1),
    "euro": ("EUR", 1),
    "eur": ("EUR", 1),
    "us dollars": ("USD", 1),
    "us dollar": ("USD", 1),
    "dollars": ("USD", 1),
    "dollar": ("USD", 1),
    "usd": ("USD", 1),
    "australian dollars": ("AUD", 1),
    "canadian dollars": ("CAD", 1),
    "new zealand dollars": ("NZD", 1),
    "cents": ("USD", 100),
    "yen": ("JPY", 1),
    "rupees": ("INR", 1),
    "swiss francs": ("CHF", 1),
}
"""Currency word that may stand after a number → ISO 4217 code and how many of it make one whole unit."""

LIMIT = Decimal(10) ** 18
"""No sum in a parliamentary paper reaches this; a longer row of digits is not an amount."""

_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_SPACE = "[ \xa0\u2007\u2009\u202f]"
_LONG_SCALE = "thousands?|millions?|milion|millon|billions?|billon|bilion|trillion"
_SCALE = (
    rf"(?:(?:{_SPACE}{{0,2}}\n?-?(?:{_LONG_SCALE})\b|{_SPACE}?(?:bn|mn|mln|tn)(?![a-z])|(?:mil|[mkb])(?![a-z])"
    rf"|{_SPACE}(?:[mk])(?![a-z0-9’'-])))"
)
NUMBER = r"(?:(?:\d++(?:,\d{3})*+)(?:\.\d++)?+[½¼¾]?|[½¼¾])"
_SIGN = r"(?:(?<![a-z])(?:us|usd|aud?|ca?|can|nz|hk|s)\$|[£€$¥₹]|(?<![a-z])(?:gbp|eur|usd|aud|cad|chf|jpy|nok|sek|dkk)(?=\s?\d))"
_UNIT = (
    r"(?:(?:us |australian |canadian |new zealand )dollars|us dollar|pounds? sterling|pounds?|pence|penny|euros?|dollars?"
    r"|gbp|eur|usd|cents|yen|rupees|swiss francs)"
)
_DASH = rf"{_SPACE}?[-–—‑−]{_SPACE}?"

_FIND = re.compile(
    rf"""
    (?P<sign>{_SIGN}){_SPACE}{{0,2}}(?:[<>~]{_SPACE}?)?
    (?P<number>{NUMBER})
    (?P<scale>{_SCALE})?(?P<scale_again>{_SPACE}?(?:{_LONG_SCALE}|bn)\b)?
    (?:
        (?P<joint>{_DASH}|\s(?:to|and|or)\s(?:up{_SPACE}to{_SPACE}|over{_SPACE}|around{_SPACE})?)
        (?P<sign_high>{_SIGN})?{_SPACE}?
        (?P<number_high>{NUMBER})
        (?P<scale_high>{_SCALE})?
        (?![%\d]|[./,-]\d|{_SPACE}?per{_SPACE}?cent)
    )?
    |(?<![\w£€$.,/-])
    (?:
        (?P<unit_number>{NUMBER})(?P<unit_scale>{_SCALE})?
        (?:
            (?P<unit_joint>{_DASH}|\s(?:to|and|or)\s)
            (?P<unit_number_high>{NUMBER})(?P<unit_scale_high>{_SCALE})?
        )?
        (?:[ \xa0-](?P<unit>{_UNIT})\b|(?P<pence>p)(?![\w.]\w|\w))
        |(?P<in_words>{words.PATTERN})[ \xa0-](?P<words_unit>{_UNIT})\b
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CURRENCY_WORD = re.compile(
    r"[pP]ound|[pP]ence|penny|[eE]uro|[dD]ollar|\bcents\b|\byen\b|rupee|franc|GBP|EUR|USD|AUD|CAD|CHF|JPY|NOK|SEK|DKK|\dp\b"
)
_CHANGE = re.compile(
    r"\b(?:increas\w+|ris(?:es?|ing|en)|rose|rais\w+|grow\w*|grew|fall\w*|fell|reduc\w+|cut\w*|drop\w*|mov(?:e[sd]?|ing)|go(?:es|ing)?|went|"
    r"doubl\w+|tripl\w+|lower\w*|up|down|chang\w+|decreas\w+|uprat\w+)\b(?:[^.;£]|\.\d)*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum's place in a text and its value in whole currency units."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    currency: str
    flag: str | None = None
    """How it was read, where the print is doubtful."""


def has_money(text: str) -> bool:
    """Whether a text can state a sum at all: a fast check that most texts fail."""
    return "£" in text or "€" in text or "$" in text or _CURRENCY_WORD.search(text) is not None


def find_amounts(text: str) -> list[Amount]:
    """Every sum of money that carries its currency, in order, without overlap."""
    return list(_amounts(text)) if has_money(text) else []


def read_number(printed: str) -> Decimal:
    """The value of a printed number: "1,200", "2.5", "1½"."""
    vulgar = _VULGAR.get(printed[-1:])
    digits = printed[:-1] if vulgar is not None else printed
    return Decimal(digits.replace(",", "") or 0) + (vulgar or 0)


def read_scale(printed: str | None) -> int:
    """The multiplier of a printed scale: " million", "m", None."""
    return SCALES[printed.strip(" \t\xa0\u2007\u2009\u202f\n-").lower()] if printed else 1


def _amounts(text: str) -> Iterator[Amount]:
    position = 0
    while (match := _FIND.search(text, position)) is not None:
        amount = _signed(text, match) if match["sign"] else _unit(match)
        if amount is None:
            position = match.end()
            continue
        if amount.high < LIMIT:
            yield amount
        position = amount.end


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
    """Whether two sums joined by a dash, "to" or "and" are the ends of one range."""
    joint = match["joint"].strip().lower()
    before = text[max(0, match.start() - 150) : match.start()].lower()
    bare_high = not match["sign_high"] and not match["scale_high"]
    if not match["sign_high"] and "," in match["number"] and "," not in match["number_high"]:
        return False
    if match["sign_high"] and SIGNS[match["sign_high"].lower()] != SIGNS[match["sign"].lower()]:
        return False
    if joint.startswith("and"):
        return re.search(r"\bbetween\s+(?:\w+ ){0,3}$", before) is not None and not bare_high
    if joint.startswith("or"):
        return False
    if joint.startswith("to"):
        if bare_high:
            return False
        if re.search(r"\b(?:from|by)\s+(?:\w+ ){0,3}$", before):
            return not _CHANGE.search(before) or re.search(r"\b(?:rang|var)\w+ (?:\w+ )?from\s+$", before) is not None
        return joint == "to"
    return not bare_high or "," not in match["number"] and match["joint"].strip(" ") == match["joint"]


def _unit(match: re.Match[str]) -> Amount | None:
    if match["in_words"]:
        value = words.read_words(match["in_words"])
        currency, parts = UNITS[match["words_unit"].lower()]
        if value is None:
            return None
        return Amount(match.start("in_words"), match.end(), value / parts, value / parts, currency)
    currency, parts = UNITS[(match["unit"] or match["pence"]).lower()]
    scale = read_scale(match["unit_scale"])
    low, start = read_number(match["unit_number"]), match.start("unit_number")
    high = low
    if match["unit_number_high"]:
        high, scale_high = read_number(match["unit_number_high"]), read_scale(match["unit_scale_high"])
        if match["unit_joint"].strip().lower() in ("and", "or") or low > high:
            low, scale, start = high, scale_high, match.start("unit_number_high")
        elif not match["unit_scale"]:
            scale = scale_high
        high *= scale_high
    else:
        high *= scale
    return Amount(start, match.end(), low * scale / parts, high / parts, currency)
