"""Tell the lines that a site, or the program that sent a page on, prints around the questions and turns that it shows.

Each has a named rule with its reason. They are left out above, between and below what the site shows; elsewhere they
are text.
"""

import re
from collections.abc import Sequence

from orderpaper.reading.lines import NETWORK, Line
from orderpaper.reading.pieces import LeftOut

_SHOWN = r"(?:page|link|article|question|answer|debate|speech|statement|listing)"
_FILE = r"\w[\w .()&’'-]{0,120}\.(?:xlsx?|docx?|odt|ods|pdf|csv|pptx?|zip|txt)"
_SIZE = r"\(?[0-9][0-9.,]{0,8} ?(?:bytes|[KMG]i?B)\)?"
_NUMBERS = r"(?:[0-9]{1,3}|…|\.\.\.)(?: (?:[0-9]{1,3}|…|\.\.\.)){0,19}"
_BACK = r"(?:[«‹←<] ?)?(?:First |First page )?Prev(?:ious)?(?: page)?"
_ON = r"Next(?: page)?(?: Last| Last page)?(?: ?[»›→>])?"
_PHONE = r"my (?:iPhone|iPad|Android|Samsung|mobile|phone)\b[\w ]{0,30}"
_LIKE_TEXT: LeftOut = {
    r"^(?i:Page [0-9,]{1,6} of [0-9,]{1,6}|(?:(?:Showing|Displaying) )?(?:(?:results?|questions?) )?[0-9,]{1,7}"
    r"(?: ?[-–] ?| to )[0-9,]{1,7} of [0-9,]{1,9}(?: (?:results|questions|answers))?)$": (
        "it says which page of a list it is"
    ),
    rf"^(?i:(?:{_BACK} )?{_NUMBERS} {_ON}|{_BACK}(?: {_NUMBERS})?|{_ON})$": "it leads to other pages of a list",
    rf"^(?i:(?:Attachments?|Download|Attached files?) ?:? {_FILE}(?: {_SIZE})?(?:, {_FILE}(?: {_SIZE})?){{0,9}}"
    rf"|{_FILE} {_SIZE})$": "it names a file that the site offers",
    r"^[A-Z][\w’'.& -]{0,60} is an (?:independent|unofficial) web ?site\b[^£0-9]{0,160}$": (
        "the site says it of itself"
    ),
}
"""The lines of a site that may also be a part of a text that has not ended above, and why no record has them."""
OF_SITE: LeftOut = {
    **_LIKE_TEXT,
    rf"^(?i:(?:Share|Tweet)(?: this)?(?: {_SHOWN})?(?: (?:on|via|by|to) (?:{NETWORK}|e-?mail)(?:,? and {NETWORK})?)?"
    rf"|(?:Copy|E-?mail|Print|Save|Bookmark)(?: this| a| the)? {_SHOWN})$": "it shares the page",
    r"^(?i:(?:Read|Show|See|View|Load) (?:more|all|less)(?: (?:questions|answers|results|debates|contributions))?"
    r"(?: ?(?:\.\.\.|[…→»›>]))?)$": "it shows more of the page",
    rf"^(?i:Sent from (?:{_PHONE}|(?:Outlook|Yahoo Mail|Mail) for [\w ]{{2,20}})|Get Outlook for (?:iOS|Android)"
    r"|-{2,5} ?(?:Forwarded|Original) message ?-{2,5})$": "a mail program adds it",
    r"^(?i:To match an exact phrase, (?:put|use) quotation marks around the search term)\b[^£]{0,160}$": (
        "it explains a search"
    ),
    r"^Use \W?OR\W? (?:or|and) \W?AND\W? (?:to form|as link words)\b[^£]{0,80}$": "it explains a search",
    r"^(?i:View sample alert)\.?$": "it leads elsewhere",
    r"^Reticulating Splines$": "the site shows it while the page is loaded",
    r"^(?:Keep (?:up to date|yourself up-to-date)|Receive notifications|Sign up)\b"
    r"[^.£]{0,140}\b(?:your inbox|our (?:e-?mail )?alerts|our (?:[\w-]+ ){0,2}newsletters?)\.?$"
    r"|^(?:Receive notifications|Sign up to receive)\b[^.£]{0,140}\bby e-?mail\.?$": "it offers messages",
}
"""The lines of a site that may stand above, between and below what it shows, and why no record has them."""
MENU: LeftOut = {
    r"^(?i:Skip to (?:main )?content|(?:Main |Open |Toggle )?(?:menu|navigation)|Search(?: this site)?|Home(?: ?page)?"
    r"|Sign (?:in|up|out)|Log ?(?:in|out)|Register|My account|Help|News|About|Contact)"
    r"(?: ?[|·•] ?(?i:Sign (?:in|up)|Log ?in|Register|Help|Search|Contact))*$": "it is a menu of the site",
    r"^Home(?: ?[>›»/] ?[^>›»/£.!?]{1,80}){1,8}$": "it says where on the site the page stands",
    r"^[^£.!?]{0,60}\b[Cc]ookies?\b[^£.!?]{0,120}\.?$": "it is the site's notice about cookies",
}
"""The lines of a site that may stand above the first thing that it shows, and why no record has them."""
_OF_SITE = re.compile("|".join(OF_SITE))
_MAY_BE_TEXT = re.compile("|".join(_LIKE_TEXT))
_LIKE_ROW = re.compile(
    r"(?i:Prev(?:ious)?(?: page)? [0-9]{1,3}|[0-9,]{1,7}(?: ?[-–] ?| to )[0-9,]{1,7} of [0-9,]{1,9})"
)
"""Matches lines that may also be the last row of a table."""
_LONGEST = 320
_TOPIC = re.compile(r"Cookies|Privacy|Accessibility", re.IGNORECASE)
"""Matches a line that may also be the last one of a list."""
_NUMBER = re.compile(r"[0-9]{1,3}")
_NEXT = re.compile(r"(?i:Next(?: page)?(?: ?[»›→>])?)")


def is_of_site(line: Line) -> bool:
    """Return whether a rule of `OF_SITE` leaves a line out."""
    return len(line.text) <= _LONGEST and _OF_SITE.fullmatch(line.words) is not None


def end_of_text(lines: Sequence[Line], end: int) -> int:
    """Return the number of the line from which on all lines up to `end` are the site's, or `end` if none are.

    Under a colon such a line is the first of a list. A topic alone may be the last of one. Below a text that
    has not ended, a line that may be a part of it is text.
    """
    top = end
    while top and (is_of_site(lines[top - 1]) or lines[top - 1].is_footer):
        top -= 1
        if _NEXT.fullmatch(lines[top].text):
            top -= _page_numbers(lines, top)
    while 0 < top < end and _may_be_text(lines[top], lines[top - 1]):
        top += 1
    is_listed = 0 < top < end and lines[top - 1].text.endswith(":")
    return end if is_listed or all(_TOPIC.fullmatch(line.text) for line in lines[top:end]) else top


def _may_be_text(line: Line, above: Line) -> bool:
    """Return whether a line of the site may also be a part of the text above, which has not ended."""
    pattern = _LIKE_ROW if above.is_row else _MAY_BE_TEXT
    return not above.is_whole and pattern.fullmatch(line.text) is not None


def _page_numbers(lines: Sequence[Line], end: int) -> int:
    """Return how many of the lines above `end` are the numbers of pages, from 1 upwards, each on a line of its own."""
    last = lines[end - 1].text if end else ""
    count = int(last) if _NUMBER.fullmatch(last) else 0
    printed = [line.text for line in lines[max(end - count, 0) : end]]
    return count if count > 1 and printed == [str(number) for number in range(1, count + 1)] else 0


def without_site(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without those at the end that are the site's."""
    return list(lines[: end_of_text(lines, len(lines))])
