"""Read who asks and who answers a question of a listing, and in which House."""

import re

from orderpaper.errors import ParseError
from orderpaper.reading.lines import Line
from orderpaper.reading.members import OFFICES, PEER, PEERAGE, PrintedMember, read_member
from orderpaper.sources.question_listing.labels import ANSWERER, ASKER, NOT_UNDERSTOOD

_DASH = re.compile(r" [-–—] ")
_TO_LORDS = re.compile(r"To ask (?:(?:His|Her) Majesty['’]s Government|the Senior Deputy Speaker|the Lord Speaker)\b")
_TO_COMMONS = re.compile(
    r"To ask (?:the )?(?:(?:Deputy )?Prime Minister|Secretary of State|Chancellor|Minister|Attorney General"
    r"|Solicitor General|President of the Board of Trade)\b"
)
"""Only the Commons put a question to a minister by office: in the Lords, it is put to the Government or to an officer
of the House (Companion to the Standing Orders, Questions)."""
_OFFICE = re.compile(
    r"\b(?:Minister|Secretary|Chancellor|Attorney|Solicitor|Advocate|Paymaster|President|Leader|Whip|Comptroller"
    r"|Treasurer|Chamberlain|Commissioner|Speaker)\b"
)
_MEMBER_FOR = re.compile(r"(?P<name>[^()]+) \((?:the )?(?:hon\. )?Member for (?P<seat>.+)\)")
_NAME = r"(?P<name>(?!and |of |the |The )[A-ZÀ-Ý][\w’'.-]*(?: (?:[A-ZÀ-Ý][\w’'.-]*|of|de|du|van|von|ap|Ní)){1,6})"
_WITH_OFFICE = (
    re.compile(rf"(?:[Tt]he )?(?P<post>[A-Z].*), {_NAME}"),
    re.compile(rf"(?:[Tt]he )?(?P<post>[A-Z][^()]*) \({_NAME}\)"),
    re.compile(rf"{_NAME}, (?:[Tt]he )?(?P<post>[A-Z].*)"),
    re.compile(rf"{_NAME} \((?:[Tt]he )?(?P<post>[A-Z].*)\)"),
)
"""The forms in which a minister is named with an office and without a dash."""


def house_of(question: str, asker: PrintedMember) -> str | None:
    """Return the House in which a question is asked, if the listing says it."""
    if _TO_LORDS.match(question):
        return "Lords"
    if asker.seat:
        return "Lords" if PEERAGE.search(asker.seat) else "Commons"
    if asker.name and PEER.match(asker.name):
        return None
    return "Commons" if _TO_COMMONS.match(question) else None


def asker_of(line: Line) -> PrintedMember:
    """Return name, party and seat from "Asked by: NAME (PARTY - SEAT)", in any order. Party and seat may be missing.

    "NAME (Member for SEAT)" has no party.

    Raises:
        ParseError: the line has another form, or only one of party and seat.
    """
    printed = ASKER.sub("", line.text, count=1).strip()
    if printed.startswith(NOT_UNDERSTOOD):
        raise ParseError(f"line {line.number}: {printed.removeprefix(NOT_UNDERSTOOD)}")
    expected = f"line {line.number}: expected “Asked by: NAME (PARTY - CONSTITUENCY)”, found “{line.text}”"
    try:
        found = _MEMBER_FOR.fullmatch(printed)
        parts = [found["name"], found["seat"]] if found else [printed]
        asker = read_member(parts) if printed else PrintedMember()
    except ParseError as error:
        raise ParseError(f"{expected}; {error}") from error
    if not asker.name or ((asker.party is None) != (asker.seat is None) and not found):
        raise ParseError(expected)
    return asker


def answerer_of(line: Line) -> tuple[str, str | None]:
    """Return name and post from "Answered by NAME - POST". A post may contain brackets and hyphens, or be missing.

    Ministers are also printed as "the POST, NAME", "the POST (NAME)", "NAME, POST" and "NAME (POST)".

    Raises:
        ParseError: there is no name, it has a number, a dash has no post after it, or a bracket is open.
    """
    printed = ANSWERER.sub("", line.text, count=1).strip()
    name, *post = _DASH.split(printed, maxsplit=1)
    if _OFFICE.search(name):
        found = next(filter(None, (form.fullmatch(printed) for form in _WITH_OFFICE)), None)
        if post or found is None or OFFICES.search(found["name"]) or not _OFFICE.search(found["post"]):
            raise ParseError(f"line {line.number}: expected “Answered by NAME - POST”, found “{line.text}”")
        return found["name"], found["post"]
    is_cut = line.text.count("(") != line.text.count(")")
    if not name or not name[0].isalpha() or name.endswith((" -", " –")) or is_cut or re.search(r"[\d,()\[\]|;]", name):
        raise ParseError(f"line {line.number}: expected “Answered by NAME - POST”, found “{line.text}”")
    return name, post[0] if post else None
