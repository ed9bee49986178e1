"""Read numbers that are written in words: "two hundred and fifty thousand" -> 250000, "half a billion" -> 500000000."""

import re
from decimal import Decimal

UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: value
    for value, word in zip(
        range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True
    )
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}

_WORD = "|".join(sorted([*UNITS, *TENS, *SCALES], key=len, reverse=True))
_FRACTION = r"half(?:[ -]an?)?|(?:an?[ -]|one[ -])?quarter[ -]of[ -]an?|three[ -]quarters[ -]of[ -]an?"
PATTERN = (
    rf"(?:(?:{_FRACTION})[ -](?:hundred|thousand|million|billion|trillion)"
    rf"|(?:an?[ -](?={'|'.join(SCALES)})|(?=[a-z]))"
    rf"(?:{_WORD})\b(?>(?:(?:[ -]and[ -](?:an?[ -](?=half))?|[ -])(?:{_WORD}|half)\b){{0,12}}))"
)
"""The regular expression of an amount in words, without its currency. Use it with IGNORECASE."""


def read_words(text: str) -> Decimal | None:
    """Return the value of a number in words, or None if the words are not a number.

    It accepts what `PATTERN` matches: "a thousand", "half a billion", "one and a half million", "twenty-five".
    """
    words = re.split(r"[ -]+", text.strip().lower())
    if "quarter" in words or "quarters" in words or words[0] == "half":
        scale = SCALES.get(words[-1])
        if scale is None:
            return None
        quarters = 2 if words[0] == "half" else 3 if words[0] == "three" else 1
        return Decimal(scale) * quarters / 4
    total = group = Decimal(0)
    for word in words:
        if word in ("and", "a", "an"):
            continue
        if word in UNITS:
            group += UNITS[word]
        elif word in TENS:
            group += TENS[word]
        elif word == "half":
            group += Decimal("0.5")
        elif word == "hundred":
            group = (group or Decimal(1)) * 100
        else:
            total += (group or Decimal(1)) * SCALES[word]
            group = Decimal(0)
    return total + group
