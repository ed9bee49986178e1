"""Read the lines of a listing with its labels in one form, in whatever form a site, a table or Markdown prints them."""

import re
from collections.abc import Sequence

from orderpaper.reading.dates import looks_like_a_day
from orderpaper.reading.lines import Line
from orderpaper.reading.printed import printed_lines
from orderpaper.sources.question_listing.labels import ADDRESSEE, ANSWERER, ASKER, UIN, UNADDRESSED, joined
from orderpaper.sources.question_listing.old_parliament_page import is_old_page, old_page_lines
from orderpaper.sources.question_listing.parliament_page import TABLED as TABLED_PAGE
from orderpaper.sources.question_listing.parliament_page import is_page, page_lines
from orderpaper.sources.question_listing.table import is_table, table_lines

_ADDRESSED = re.compile(
    r"(?:Question [Tt]o|QUESTION TO) (?:[Tt]he |THE )?[^:：﹕∶\s][^:：﹕∶]{0,199}?(?:[:：﹕∶]|(?=\t))\s*(?=To ask\b)"
)
"""Matches the label of the department, with the question below it on the same line."""
_WITHOUT_COLON = re.compile(r"Question [Tt]o (?:the )?[A-Z][^:：﹕∶.?!]{1,150}")
_ASKED = re.compile(r"(?:(?:Q|Question)[0-9]{0,3}|[0-9]{1,3}(?=[.)]))[.):]{0,2} (?=To ask\b)")
"""Matches the mark of a question before its words: “Q. To ask …”."""
_ANSWERED = re.compile(r"(?:A|Answer)[0-9]{0,3}[.):]{1,2}\s+(?=[A-Z])")
_BARE = re.compile(r"(?:Question|Answer) ?:?", re.IGNORECASE)
_DAY = re.compile(r"(?:Date(?: answered| of answer)?|Answered(?: on)?|Answer date) ?:? ", re.IGNORECASE)
"""Matches the label of the day of an answer."""
_TABLED = re.compile(r"\((?P<label>asked on (?P<day>[^()]{6,30}))\)(?: ?[-–] ?View [Ss]ource)?")
_WAS_ANSWERED = re.compile(r"This question was answered on (?P<day>.{6,30})")
_PORTRAIT = re.compile(r"(?P<name>.{3,80}) Portrait")
"""Matches what a site says of the picture of a member, above the name."""
_HL = re.compile(r"\bHL ?(?=[0-9]{1,7}\b)", re.IGNORECASE)
"""Matches what stands before the number of a question of the Lords, which is "HL" in any case."""
_MP_FOR = re.compile(rf"(?P<asker>(?:{ASKER.pattern})[^(),]+?),? MP for (?P<seat>[A-Z][^,;|()]+)")
_MOST_ABOVE = 4


def listing_lines(text: str) -> list[Line]:
    """Return the lines of a listing with its labels in one form.

    "Q." and "A." before a question and its answer, a line "Question" or "Answer" beside the label that says the same,
    and the label of the day are left out. A question stands below the label of the department.
    """
    found: list[Line] = []
    lines = [_with_number(line) for line in printed_lines(text)]
    lines = page_lines(lines) if is_page(lines) else old_page_lines(lines) if is_old_page(lines) else lines
    lines = table_lines(text, lines) if is_table(text, lines) else lines
    is_marked = False
    for number, line in enumerate(lines):
        above = found[-1].text if found else ""
        if _is_repeated(lines, number) or _is_portrait(lines, number):
            continue
        if addressed := _ADDRESSED.match(text[line.start : line.end]):
            label = addressed[0].strip()
            words = " ".join(label.split()).rstrip(":：﹕∶") + ":"
            found += [Line(line.number, words, line.start, line.start + len(label)), _from(text, line, "To ask")]
        elif _ASKED.match(line.text) and (ADDRESSEE.fullmatch(above) or UNADDRESSED.fullmatch(above)):
            is_marked = True
            found.append(_from(text, line, "To ask"))
        elif is_marked and ANSWERER.match(above) and (answered := _ANSWERED.match(line.text)):
            is_marked = False
            found.append(_from(text, line, line.text[answered.end() :].split(" ", 1)[0]))
        else:
            found.append(_labelled(text, lines, number))
    return joined(found)


def _with_number(line: Line) -> Line:
    """Return a line with the number of a question in one form."""
    words = _HL.sub("HL", line.text)
    return line._replace(text=words) if UIN.fullmatch(words) or TABLED_PAGE.fullmatch(words) else line


def _labelled(text: str, lines: Sequence[Line], number: int) -> Line:
    """Return a line of a header in the form in which others print it."""
    line = lines[number]
    below = lines[number + 1 : number + 1 + _MOST_ABOVE]
    if _WITHOUT_COLON.fullmatch(line.text) and below and below[0].text.startswith("To ask"):
        return line._replace(text=f"{line.text}:")
    if _BARE.fullmatch(line.text) and line.text[0] in "Qq" and below and not below[0].text.startswith("To ask"):
        return line._replace(text="Written Question") if any(ASKER.match(each.text) for each in below) else line
    if of_seat := _MP_FOR.fullmatch(line.text):
        return line._replace(text=f"{of_seat['asker']} (Member for {of_seat['seat']})")
    if (tabled := _TABLED.fullmatch(line.text)) and looks_like_a_day(tabled["day"]):
        return line._replace(text=tabled["label"])
    if (answered := _WAS_ANSWERED.fullmatch(line.text)) and looks_like_a_day(answered["day"]):
        return line._replace(text=answered["day"])
    day = _DAY.match(line.text)
    if day and looks_like_a_day(line.text[day.end() :]):
        around = [*lines[max(number - 1, 0) : number], *below]
        is_header = any(label.match(each.text) for each in around for label in (ASKER, ADDRESSEE, ANSWERER))
        return _from(text, line, line.text[day.end() :].split(" ", 1)[0]) if is_header else line
    return line


def _from(text: str, line: Line, words: str) -> Line:
    """Return a line from some of its words on."""
    start = text.index(words, line.start)
    return line._replace(text=line.text[line.text.index(words) :], start=start)


def _is_portrait(lines: Sequence[Line], number: int) -> bool:
    """Return whether a line says of a picture whose it is, and the name follows."""
    portrait = _PORTRAIT.fullmatch(lines[number].text)
    return portrait is not None and [line.text for line in lines[number + 1 : number + 2]] == [portrait["name"]]


def _is_repeated(lines: Sequence[Line], number: int) -> bool:
    """Return whether a line only says "Question" or "Answer" beside the label that says who asks or answers."""
    if not _BARE.fullmatch(lines[number].text):
        return False
    above, below = lines[max(number - 1, 0) : number], lines[number + 1 : number + 2]
    is_question = any(ADDRESSEE.fullmatch(line.text) for line in above) and below and below[0].text.startswith("To ask")
    is_answer = any(ANSWERER.match(line.text) for line in below)
    return bool(is_question or is_answer)
