"""Read listings of written questions, as third parties print them, and a bare question with its answer.

A block is, in this order:

    Written Question                            may be missing; some sites print the heading above it
    Police: Training                            heading, may be missing
    Thursday 16th May 2024                      the day of the answer, may be missing or below the asker
    Asked by: NAME (PARTY - SEAT)               missing in a bare question
    Question to the DEPARTMENT:                 or only "Question", if it is put to nobody's department
    To ask the Secretary of State …
    Answered by NAME - POST                     missing in a bare question, or while unanswered
    paragraphs of the answer

Every written question begins with "To ask" and is a single paragraph, in both the Commons and the Lords (Erskine May,
Questions to Ministers: form of questions). If there is no line "Answered by", a bare question ends with that paragraph
and its answer follows.

A question that is not understood is refused by itself, with all its lines. So is the one above it if its answer may go
on there. What a site prints around its questions is left out if `layout` knows it as the site's own.
"""

import datetime as dt
import re

from orderpaper.errors import ParseError
from orderpaper.reading.decode import decode
from orderpaper.reading.lines import FOOTER, Line, passage, require_complete
from orderpaper.reading.pieces import lines_of
from orderpaper.reading.printed import dated, printed_lines
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Answer, Document, Parsed, Question, Record
from orderpaper.records.rows import refused_lines
from orderpaper.records.saved_pages import parse_saved
from orderpaper.sources.question_listing import layout
from orderpaper.sources.question_listing.layout import (
    ADDRESSEE,
    ANSWERER,
    ASKER,
    LEFT_OUT,
    Block,
    NoQuestionError,
    Part,
)

KIND = "a question listing"
LOOKED_FOR = layout.LOOKED_FOR

_DASH = re.compile(r" [-–—] ")
_PEERAGE = re.compile(r"\b(?:peer|peerage|hereditary|bishops|bishop of|lords? spiritual)\b", re.IGNORECASE)
_PEER = re.compile(
    r"(?:The )?(?:Lord|Lady|Baroness|Baron|Viscount|Viscountess|Earl|Countess|Marquess|Duke|Duchess|Bishop"
    r"|Archbishop)\b"
)
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
_NAME = r"(?P<name>(?!and |of |the |The )[A-ZÀ-Ý][\w’'.-]*(?: (?:[A-ZÀ-Ý][\w’'.-]*|of|de|du|van|von|ap|Ní)){1,6})"
_WITH_OFFICE = (
    re.compile(rf"(?:[Tt]he )?(?P<post>[A-Z].*), {_NAME}"),
    re.compile(rf"(?:[Tt]he )?(?P<post>[A-Z][^()]*) \({_NAME}\)"),
    re.compile(rf"{_NAME}, (?:[Tt]he )?(?P<post>[A-Z].*)"),
)
"""The forms in which a minister is named with an office and without a dash."""
_OF_OFFICE = re.compile(
    rf"{_OFFICE.pattern}|\b(?:Affairs|Business|Care|Communities|Defence|Department|Energy|Equalities|Europe|Government"
    r"|Growth|Housing|Innovation|Investment|Justice|Media|Ministry|Office|Pensions|Prisons|Skills|Sport|Technology|Trade"
    r"|Transport|Treasury|Zero)\b"
)
"""Matches the words of an office or of its department, which are no name."""


def parse(document: Document) -> Parsed:
    """Return the records of a listing's page.

    Raises:
        ParseError: as for `parse_text`, or the page is not HTML.
    """
    return parse_saved(SavedFile(decode(document.body)), parse_text, KIND)


def matches(file: SavedFile) -> bool:
    """Return whether a saved file has a line that says to whom a written question is put."""
    return not file.is_json and layout.is_listing(printed_lines(file.prose))


def parse_text(text: str) -> Parsed:
    """Return a Question, and an Answer if there is one, for each question of a listing.

    The date of a question is the day of the answer, because a listing has the answers published on that day. The house
    is that of the asker's seat or of whom the question is put to, and unknown if neither says it.

    A question is refused if a label has nothing after it, or does not read as NAME (PARTY - SEAT), if its day does not
    exist or can be another, if it stops in mid-sentence, or if it alone has no asker. So is text above the first one
    that is not known to be the site's own.

    Raises:
        ParseError: no question is understood.
    """
    lines = layout.joined(printed_lines(text))
    above, parts, tail = layout.split(lines)
    refusals = [
        refused_lines(text, [line], "text stands before the first question and belongs to none")
        for line in above
        if not layout.stands_above(line)
    ]
    understood: list[Block] = []
    records: list[Record] = []
    left: list[Line] = []
    answer_count = 0
    for part, outcome in zip(parts, _outcomes(parts, tail), strict=True):
        try:
            if isinstance(outcome, ParseError):
                raise outcome
            records += _records(text, outcome, len(understood) + 1, answer_count + 1)
        except ParseError as error:
            refusals.append(refused_lines(text, part.lines, str(error)))
            left += part.lines
            continue
        understood.append(outcome)
        answer_count += bool(outcome.answer)
        # The day of a question without an answer is that of the list.
        left += [outcome.day] if outcome.day and not outcome.answer else []
    if tail:
        refusals.append(refused_lines(text, tail, "a question is announced, but none follows"))
    if not understood:
        raise ParseError(refusals[0].reason)
    left_numbers = {line.number for line in left}
    return Parsed(
        document_kind="question_listing" if any(b.asker or b.answerer for b in understood) else "bare_question",
        text=text,
        records=records,
        refusals=refusals,
        pieces=lines_of(
            [line for part in parts for line in part.lines if line.number not in left_numbers], LEFT_OUT | FOOTER
        ),
    )


def _outcomes(parts: list[Part], tail: list[Line]) -> list[Block | ParseError]:
    """Return the block of each part, or why it is refused.

    An answer whose next lines begin like a question, but are none, may go on there, and so is refused with them. Those
    of `tail` are none if they have a sentence.
    """
    outcomes: list[Block | ParseError] = []
    has_askers = any(ASKER.match(part.body[0].text) for part in parts)
    for part in parts:
        try:
            block = layout.block_of(part)
            if has_askers and not block.asker:
                raise NoQuestionError(
                    f"line {part.body[0].number}: no line “Asked by:” is above it, as above the others"
                )
            is_followed = part is not parts[-1]
            if block.answer or not is_followed:
                shown = block.answer or block.question
                require_complete(shown, may_end_in_list=bool(block.answer), is_followed=is_followed)
        except ParseError as error:
            outcomes.append(error)
        else:
            outcomes.append(block)
    _refuse_odd_headings(parts, outcomes)
    seen: set[tuple[str, ...]] = set()
    for number, part in enumerate(parts):
        words = tuple(line.text for line in part.lines if not layout.is_marker(line))
        if words in seen and not isinstance(outcomes[number], ParseError):
            outcomes[number] = ParseError("the question is given twice, with the same answer")
        seen.add(words)
    if any(line.ends_sentence for line in tail):
        outcomes.append(NoQuestionError(f"line {tail[0].number}: a question is announced, but none follows"))
    for number, below in enumerate(outcomes[1:]):
        if isinstance(below, NoQuestionError) and not isinstance(outcomes[number], ParseError):
            outcomes[number] = ParseError(f"its text may go on below, where no question is understood: {below}")
    return outcomes[: len(parts)]


def _refuse_odd_headings(parts: list[Part], outcomes: list[Block | ParseError]) -> None:
    """Refuse each question whose heading only its shape shows, and the answer above, if fewer than half have one.

    Then the line may also be the last of that answer.
    """
    odd = [
        (number, block.heading)
        for number, (part, block) in enumerate(zip(parts, outcomes, strict=True))
        if number
        and isinstance(block, Block)
        and block.heading
        and not block.day
        and block.heading in part.preamble[:1]
    ]
    if 2 * len(odd) >= len(parts) - 1:
        return
    for number, heading in odd:
        error = ParseError(
            f"line {heading.number}: “{heading.text[:60]}” may be the heading of a question or the end of the answer"
            " above it, because most questions have no heading"
        )
        outcomes[number - 1 : number + 1] = [error, error]


def _records(text: str, found: Block, ordinal: int, answer_ordinal: int) -> list[Record]:
    """Return the question of a block and, if it has one, its answer."""
    question = _question(text, found, ordinal)
    answered_on = dated(found.day, found.day.text) if found.day else None
    return [question, _answer(text, found, answer_ordinal, ordinal, answered_on)] if found.answer else [question]


def _question(text: str, found: Block, ordinal: int) -> Question:
    name, party, seat = _asker(found.asker) if found.asker else (None, None, None)
    body = ADDRESSEE.fullmatch(found.addressee.text)
    return Question(
        ordinal=ordinal,
        question_type="written",
        house=_house(found.question[0].text, name, seat),
        asked_by_text=name,
        asked_by_party_text=party,
        asked_by_constituency_text=seat,
        answering_body_text=body["body"] if body else None,
        heading=found.heading.text if found.heading else None,
        **passage(text, found.question),
    )


def _house(question: str, name: str | None, seat: str | None) -> str | None:
    """Return the house in which a question is asked, if the listing says it."""
    if _TO_LORDS.match(question):
        return "Lords"
    if seat:
        return "Lords" if _PEERAGE.search(seat) else "Commons"
    if name and _PEER.match(name):
        return None
    return "Commons" if _TO_COMMONS.match(question) else None


def _asker(line: Line) -> tuple[str, str | None, str | None]:
    """Return name, party and seat from "Asked by: NAME (PARTY - SEAT)". The whole bracket may be missing.

    Raises:
        ParseError: the line has another form.
    """
    printed = ASKER.sub("", line.text, count=1).strip()
    name, bracket, inside = printed.partition(" (")
    party, seat = None, None
    if bracket:
        parts = _DASH.split(inside.removesuffix(")"))
        party, seat = (parts[0].strip(), parts[-1].strip()) if len(parts) == 2 else ("", "")
        if not (inside.endswith(")") and party and seat):
            name = ""
    if not name or not name[0].isalpha():
        raise ParseError(f"line {line.number}: expected “Asked by: NAME (PARTY - CONSTITUENCY)”, found “{line.text}”")
    return name, party, seat


def _answer(text: str, found: Block, ordinal: int, question_ordinal: int, answered_on: dt.date | None) -> Answer:
    name, post = _answerer(found.answerer) if found.answerer else (None, None)
    return Answer(
        ordinal=ordinal,
        question_ordinals=[question_ordinal],
        answered_on=answered_on,
        answered_by_text=name,
        answered_by_post_text=post,
        **passage(text, found.answer),
    )


def _answerer(line: Line) -> tuple[str, str | None]:
    """Return name and post from "Answered by NAME - POST". A post may contain brackets and hyphens, or be missing.

    Ministers are also printed as "the POST, NAME", "the POST (NAME)" and "NAME, POST".

    Raises:
        ParseError: there is no name, it has a number, a dash has no post after it, or a bracket is open.
    """
    printed = ANSWERER.sub("", line.text, count=1).strip()
    name, *post = _DASH.split(printed, maxsplit=1)
    if _OFFICE.search(name):
        found = next(filter(None, (form.fullmatch(printed) for form in _WITH_OFFICE)), None)
        if post or found is None or _OF_OFFICE.search(found["name"]) or not _OFFICE.search(found["post"]):
            raise ParseError(f"line {line.number}: expected “Answered by NAME - POST”, found “{line.text}”")
        return found["name"], found["post"]
    is_cut = line.text.count("(") != line.text.count(")")
    if not name or not name[0].isalpha() or name.endswith((" -", " –")) or is_cut or re.search(r"\d", name):
        raise ParseError(f"line {line.number}: expected “Answered by NAME - POST”, found “{line.text}”")
    return name, post[0] if post else None
