"""Recognise a tabled question by its wording: an indirect question in the third person, with a full stop.

Some print it with a question mark. Then its number, or the order of its words, tells it from a supplementary.
"""

import re
from dataclasses import dataclass

from orderpaper.reading.lines import Line, Passage
from orderpaper.reading.tidy import TidyText

_THIRD = r"(?:he|she|they|his|her|their|the Government|the Department|Ministers)"
_TABLED = re.compile(
    rf"""
    If \s {_THIRD} \s (?:Department \s)? will \b
    | Whether \s (?:{_THIRD}|it \s (?:is|remains)) \b
    | When \s {_THIRD} \s (?:\w+ \s){{0,2}}(?:expects?|plans?|intends?|hopes?|will|last|next|proposes?) \b
    | How \s (?:many|much) \b
    | (?:How \s (?:often|frequently|long|far|soon|{_THIRD}) | (?:For|By|On|To|In|From|With) \s (?:what|which|whom)
        | Why | Who | Where | Which) \b .* \b (?:{_THIRD}|there) \b
    | (?:Pursuant \s to | With \s reference \s to) \b .* , \s (?:what|how|whether|if|when|which) \b .* \b {_THIRD} \b
    | What \s (?!he\b|she\b|they\b|it\b|this\b|that\b|matters\b|happen|is\b|was\b|the \s (?!\w+(?:\s\w+)?['’]s))
        (?:(?:his|her|their) \s \w | .* \b (?:{_THIRD}|there) \b | the \s \w+(?:\s\w+)?['’]s \s)
    """,
    re.VERBOSE,
)
_SPEAKS = re.compile(r"\b(?:I|we|We|us|our|Our|me|my|My|you|your|hon)\b")
_BULLET = r"[•▪*>–-] ?"
_NUMBER = r"[TQ]?[0-9]{1,2}[.)] "
NUMBERS = {rf"^{_BULLET}": "a bullet", rf"^ ?{_NUMBER}": "the number of the question on the order paper"}
"""The words of a tabled question that are not kept, and why."""
_NUMBERED = re.compile(rf"(?:{_BULLET})?(?:{_NUMBER})?(?P<question>\S.*?[.?])(?: ?[\[(](?P<uin>[0-9]{{5,7}})[\])])?")
_IS_NUMBERED = re.compile(rf"(?:{_BULLET})?{_NUMBER}")
_SUBJECT = rf"(?:{_THIRD}|there)"
_AUXILIARY = r"(?:am|are|is|was|were|has|have|had|do|does|did|will|can|could|should|would|may|might)"
_IS_INDIRECT = re.compile(
    rf"(?:If {_THIRD} will|Whether)\b|(?:(?!\b{_AUXILIARY} {_SUBJECT}\b).)* {_SUBJECT} (?:Department )?"
    rf"(?:{_AUXILIARY}|plans?|made|intends?|expects?|took|takes|gave|gives|spent)\b"
)
"""Matches an indirect question: its subject stands before its verb, and no auxiliary before its subject."""
_IN_BRACKETS = re.compile(r" ?[\[(][^\])]{1,20}[\])]$")
_TOPICAL = re.compile(r"If (?:he|she|they) will make a statement on (?:his|her|their) departmental responsibilities\.")
_LONGEST_QUESTION = 600


@dataclass(frozen=True, slots=True)
class Tabled:
    """A tabled question: its line, and its words without the number on the order paper and the UIN."""

    line: Line
    words: list[str]
    uin: str | None

    def passage(self, text: str) -> Passage:
        """Return the passage of the question in the document's text."""
        tidy = TidyText.of(text[self.line.start : self.line.end])
        first = tidy.text.index(self.words[0])
        last = tidy.text.rindex(self.words[-1], first) + len(self.words[-1])
        start, end = (self.line.start + place for place in tidy.stored_span(first, last))
        return {"text": text[start:end], "char_start": start, "char_end": end}

    @property
    def is_topical(self) -> bool:
        """Whether it is the question with which topical questions begin."""
        return _TOPICAL.fullmatch(" ".join(self.words)) is not None


def tabled_question(line: Line) -> Tabled | None:
    """Return the tabled question in a line, if it is one: indirect, and in the third person."""
    if len(line.text) > _LONGEST_QUESTION:
        return None
    match = _NUMBERED.fullmatch(line.text)
    if not match or not _TABLED.match(match["question"]) or _SPEAKS.search(match["question"]):
        return None
    is_marked = match["uin"] or _IS_NUMBERED.match(line.text) or _IS_INDIRECT.match(match["question"])
    if match["question"].endswith("?") and not is_marked:
        return None
    return Tabled(line, match["question"].split(), match["uin"])


def is_almost_tabled(line: Line) -> bool:
    """Return whether a line would be a tabled question with a full stop, or without what is in brackets at its end."""
    words = _IN_BRACKETS.sub("", line.text)
    if words == line.text and line.is_closed:
        return False
    return tabled_question(line._replace(text=words if words.endswith(".") else f"{words}.")) is not None
