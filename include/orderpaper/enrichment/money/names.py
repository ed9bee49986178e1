"""Leave out the words of programmes' names, which say nothing of a sum: the Energy Debt Fund is no debt."""

import re

_NAME = re.compile(
    r"\b(?:[A-Z][\w’'&-]*:?\s(?:(?:of|for|and|in|to|on|the|&)\s){0,2}){1,8}?"
    r"(?P<head>Fund|Grants?|Programme|Scheme|Pilot|Package|Initiative|Facility|Challenge|Plan|Accelerator|Partnership|Strategy"
    r"|programme|scheme|fund|grant|pilot|competition)\b(?!\sof\scosts)"
)


def without_names(text: str) -> str:
    """Return a text in which of each programme's name only the last word is left."""
    return _NAME.sub(lambda name: name["head"], text)
