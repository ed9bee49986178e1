"""Text as its words are compared. The macros of `dbt/macros/normalise.sql` fold labels in the same way."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9£$€%]+")
_SEPARATORS = {code: " " for code in range(0x80) if not _WORD.fullmatch(chr(code).lower())}
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_LIST_MARK = re.compile(r"\([a-z]{1,4}\)")
_ADDRESS = re.compile(
    r"^to ask .{1,200}?"
    r" (?:what|whether|how|if|when|where|which|who|why|will|can|does|has|is|are|on|in|pursuant|further|following|with) "
)


@lru_cache(maxsize=16)  # several readings of a statement begin with its words
def normalise(text: str) -> str:
    """Return text in lower case, without accents, with one space for everything but letters, digits and currencies."""
    if text.isascii():
        return " ".join(text.lower().translate(_SEPARATORS).split())
    return " ".join(_WORD.findall(_ACCENTS.sub("", unicodedata.normalize("NFD", text)).lower()))


@lru_cache(maxsize=16)
def normalise_subject(text: str) -> str:
    """Return the words in which topics are looked for.

    List marks ("(a)", "(iv)") interrupt phrases and are left out, and so are apostrophes. "To ask the Secretary of
    State for …" is left out because the name of an office is not what a question is about.
    """
    unmarked = _LIST_MARK.sub(" ", text)
    label = unmarked.replace("&", " and ").replace("'", "").replace("’", "")
    return _ADDRESS.sub("", normalise(label))
