"""The labels of a listing's questions, and the lines of its site that no record has.

A label may be in capitals, and its colon may be a full-width one.
"""

import re
from collections.abc import Sequence

from orderpaper.reading.dates import looks_like_a_day
from orderpaper.reading.labels import join_labels
from orderpaper.reading.lines import FOOTER, Line
from orderpaper.reading.of_site import MENU, OF_SITE, is_of_site

_COLON = "[:：﹕∶]"
_ASKED = r"(?:Asked|Tabled) by"
ASKER = re.compile(
    rf"(?i:{_ASKED}) ?{_COLON}"
    r"|(?:Asked [Bb]y|Tabled [Bb]y|ASKED BY|TABLED BY)(?= [^(]{1,100} \(.{1,150}(?: [-–—] |, ).{1,150}\)$)"
)
ANSWERER = re.compile(rf"(?i:Answered by) ?{_COLON}|(?:Answered [Bb]y|ANSWERED BY)\b")
NOT_UNDERSTOOD = "\0"
"""Begins the reason that stands in the place of who asks, where the lines of a site's page are not understood."""
_ALONE = re.compile(rf"(?:{_ASKED}|Answered by) ?{_COLON}?", re.IGNORECASE)
LIKE_ANSWERER = re.compile(
    rf"^(?:Answer|Repl|Respon)\w*(?: \w+){{0,2}} by\b|^(?:Answer|Reply|Response) ?(?:{_COLON}|$)|[.?!] Answered by\b",
    re.IGNORECASE,
)
"""Matches what a reader takes for the label of the answerer, in whatever form."""
ADDRESSEE = re.compile(rf"(?:Question [Tt]o|QUESTION TO) (?:[Tt]he |THE )?(?P<body>\S[^:：﹕∶]{{0,199}}){_COLON}")
_ADDRESSEE_BEGINS = re.compile(r"(?:Question [Tt]o|QUESTION TO) (?:[Tt]he |THE )")
UNADDRESSED = re.compile(rf"(?:Question(?: [Tt]o)?|QUESTION(?: TO)?) ?{_COLON}?")
_MARKER = re.compile(rf"(?:[0-9]{{1,3}}[.)] ?)?Written Question ?{_COLON}?", re.IGNORECASE)
_UIN = r"(?i:UIN|(?:Question|Reference) (?:number|no\.?))"
UIN = re.compile(rf"{_UIN} ?{_COLON}? ?(?P<uin>(?:HL)?[0-9]{{1,7}})")
_TABLED = r"(?i:Tabled(?: on)?|Date tabled|Asked on)"
TABLED = re.compile(rf"{_TABLED} ?{_COLON}? (?P<day>[^:]{{5,40}})")
"""Matches a line with the day on which the question was tabled, if a day follows the label."""
NUMBER = re.compile(r"(?:(?:Question|No\.?) )?(?P<number>[0-9]{1,4}) ?[.):]?", re.IGNORECASE)
"""Matches the number of a question in a list, alone on its line."""
UNANSWERED = re.compile(
    r"(?:An )?(?:Answer (?:is )?due|Due for (?:an )?answer)(?: (?:on|by))?(?P<due> ?:? .{6,40})?"
    r"|(?:This question has |It has |Has )?not (?:yet )?been answered(?: yet)?\.?|Not (?:yet )?answered(?: yet)?\.?"
    r"|Awaiting (?:an )?(?:answer|response)\.?|Unanswered|No answer (?:yet|has been received)\.?",
    re.IGNORECASE,
)
"""Matches a line that stands in the place of an answer while there is none."""
ELSEWHERE = re.compile(r"(?:View|Show|See|Read|Open) (?:the )?(?:full )?answer ?(?:\.\.\.|[…→»›>])?", re.IGNORECASE)
"""Matches the link to an answer that the page does not show."""
_ABOVE = {
    **MENU,
    r"^(?i:UK Parliament|Parliamentary business"
    r"|Written (?:questions(?:(?:,| and) answers)?(?: and statements)?|answers)(?: answered on [\w ,-]{4,40})?)$": (
        "it is the title of the page"
    ),
    r"^(?:Written )?[Qq]uestions (?:asked )?by(?: [A-Z][\w’'.-]*| of| the){1,7}$": "it is the title of the page",
    r"^(?i:Advanced search|(?:Show|Hide) filters?|Subscribe|(?:Find out|Learn) more)$": "it leads elsewhere",
}
"""The lines of a site that may stand above its first question."""
LEFT_OUT = {
    rf"^(?i:{_MARKER.pattern})$": "the label of a question",
    rf"^(?:{ASKER.pattern})": "the label of the asker",
    r",? M\.?P\.?(?=$|,| [(|–—-])": "it says that the asker sits in the Commons",
    r"(?<=\()(?:the )?(?:hon\. )?Member for (?=[^()]+(?:\([^()]*\))?\)$)": "it says that the asker sits in the Commons",
    rf"^(?:{UNADDRESSED.pattern})$|^(?:Question [Tt]o|QUESTION TO) (?:[Tt]he |THE )?": "the label of the department",
    rf"{_COLON}$": "it ends the label of the department",
    rf"^(?:{ANSWERER.pattern})(?: [Tt]he\b)?": "the label of the answerer",
    rf"^{_UIN} ?{_COLON}?(?= ?(?:HL)?[0-9]{{1,7}}$)": "the label of the number",
    rf"^{_TABLED} ?{_COLON}?(?= )": "the label of the day on which the question was tabled",
    rf"^(?i:{UNANSWERED.pattern})$": "it says that there is no answer yet",
    **OF_SITE,
    **_ABOVE,
    **FOOTER,
}
"""The words of a listing that are not kept, and why. The day of a question without an answer is left out too, because
it is that of the list, and so are the numbers of the questions in the list."""
_LONGEST_HEADING = 100
_LETTER = re.compile(r"[^\W\d_]")
_IN_TEXT = re.compile(r"[|•▪◦*–—-]|\([a-z0-9]{1,3}\) |https?://|www\.")
"""Matches the beginning of a row of a table, of an item of a list or of an address, which are no headings."""


def joined(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with each label joined to the lines in which it goes on."""
    return join_labels(lines, _begins_label, lambda text: _ALONE.fullmatch(text) is not None)


def _begins_label(text: str) -> bool:
    labels = (ASKER, ANSWERER, _ADDRESSEE_BEGINS)
    alone = (_ALONE, UNADDRESSED, _MARKER, UIN)
    return any(label.match(text) for label in labels) or any(label.fullmatch(text) for label in alone)


def refused(line: Line, end: int, reason: str) -> list[Line]:
    """Return the lines of a question that is refused, down to a place in the text, with the reason as its asker.

    The number of its line makes it another question than others that are refused for the same reason.
    """
    return [
        line._replace(text=f"Asked by: {NOT_UNDERSTOOD}{reason}", end=end),
        line._replace(text="Question to nobody:", start=end, end=end),
        line._replace(text=f"To ask in line {line.number}.", start=end, end=end),
    ]


def is_marker(line: Line) -> bool:
    """Return whether a line only says that a question follows."""
    return _MARKER.fullmatch(line.text) is not None


def is_label(line: Line) -> bool:
    """Return whether a line begins with a label that has more after it or below it."""
    labels = (ASKER, ADDRESSEE, ANSWERER)
    return any(label.match(line.text) for label in labels) or UNADDRESSED.fullmatch(line.text) is not None


def is_header(line: Line) -> bool:
    """Return whether a line can be the day, the number or the heading of its question."""
    return looks_like_a_day(line.text) or has_number(line) or may_head(line)


def tabled_day(line: Line) -> str | None:
    """Return what a line prints as the day on which a question was tabled."""
    match = TABLED.fullmatch(line.text)
    return match["day"] if match and looks_like_a_day(match["day"]) else None


def has_number(line: Line) -> bool:
    """Return whether a line is the number of a question or the day on which it was tabled."""
    return UIN.fullmatch(line.text) is not None or tabled_day(line) is not None


def may_head(line: Line) -> bool:
    """Return whether a line has the form of a heading: short, without an end, and no label, row or line of the site."""
    if is_marker(line) or is_label(line) or looks_like_a_day(line.text) or has_number(line):
        return False
    if not _LETTER.search(line.text):
        return False
    is_text = (
        line.ends_sentence
        or line.is_whole
        or line.is_contact
        or _IN_TEXT.match(line.text)
        or len(line.text) > _LONGEST_HEADING
    )
    return not (is_text or stands_above(line))


def stands_above(line: Line) -> bool:
    """Return whether a line is one that a site prints above its questions."""
    return is_of_site(line) or any(re.search(pattern, line.text) for pattern in _ABOVE)
