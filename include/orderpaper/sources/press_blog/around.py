"""Tell which lines around the text of a saved post are left out: those of the site, of other pages, and of readers.

Where the text of a post ends is told by what a blog prints below it. What is there and is none of these is refused,
because it may be a part of the post.
"""

import re
from collections.abc import Container, Iterable, Sequence
from itertools import takewhile

from orderpaper.reading.captions import blanked
from orderpaper.reading.lines import FOOTER, LONGEST_LABEL, SHARED, Line
from orderpaper.reading.pieces import LeftOut
from orderpaper.sources.press_blog import gov_uk

_COMMENT = r"Comment by .{1,80} posted on .{1,60}"
_ENDS = (
    r"Sharing and comments|Share this page|(?:Leave|Post|Add) (?:a|your) (?:comment|reply)|Comments are closed\.?"
    r"|Join the (?:conversation|discussion)|Comments(?: ?\([0-9]{1,4}\))?:?"
    r"|[0-9]{1,4} (?:comments?|responses?|replies|thoughts?)(?: (?:on|to) .{1,120})?"
)
_LINKS = r"Related content(?: and links)?|Explore the topic|You may also be interested in:?|Recent posts"
_PICTURE = r"(?:Image|Picture|Photo(?:graph)?|Pic|Video)"
CAPTION: LeftOut = {
    rf"^\[?(?:{_PICTURE}|Figure|Caption|(?:{_PICTURE} )?[Cc]redit)s?(?: credit)? ?: ?[^£.!?]{{1,150}}\.?\]?$"
    rf"|^{_PICTURE}s? (?:by|courtesy of) [^£.!?]{{1,100}}$"
    rf"|^[A-Z][^£!?]{{2,150}}[(\[ ](?:{_PICTURE}|(?:{_PICTURE} )?[Cc]redit)s?(?: credit)? ?: ?[^£.!?()]{{1,80}}"
    r"[)\]]?$": "it is the caption or the credit of a picture",
    r"^!\[[^\[\]£0-9]{0,150}\]\([^()\s]{1,400}\)$": "it is a picture in Markdown",
}
"""The lines within the text of a post that no record has, and why: they stand beside a picture, which is not kept."""
ABOVE: LeftOut = {
    **gov_uk.KINDS,
    r"^(?:Skip to (?:main )?content|GOV\.UK|Menu|Search(?: blog)?|Home|Blogs?|[Hh]ide this message)$": (
        "it is navigation of the site"
    ),
    r"^(?:Blog|Organisations?:|(?:Department|Ministry|Office) (?:for|of)\b)[^£.!?;:]{0,80}$": (
        "it names the blog and its department"
    ),
    r"^[^£]{0,80}\b[Cc]ookies?\b[^£]{0,120}$": "it is the site's notice about cookies",
}
"""Lines above the title of a post that no record has, and why."""
TAGS: LeftOut = {r"^Tags: ?[^£.!?;]{0,200}$": "they are the blog's tags"}
BELOW: LeftOut = {
    **FOOTER,
    **TAGS,
    **gov_uk.BELOW,
    rf"^{SHARED}(?: \(opens in (?:a )?new tab\))?$": "it is a link to share the page",
    rf"^(?:{_ENDS}|{_LINKS}|{SHARED})$": "it is a heading or a link of the site",
    r"^(?:Cancel reply|Submit comment|Post comment|(?:Comment|Name|Email)(?: ?\(required\))?|Website"
    r"|We only ask for your email address so we know you['’]re a real person\.?"
    r"|By submitting a comment you understand it may be published on this public website\..{0,200})$": (
        "it is the form for comments"
    ),
    rf"^(?:{_COMMENT}|Reply|Link to this comment)$": "it is around a comment",
}
"""Lines below the text of a post that no record has, and why."""
COMMENTS = "readers wrote it, not the department"
LINKS = "it is the title of another page"
_END = re.compile(rf"{_ENDS}|{_LINKS}|{_COMMENT}|{gov_uk.ENDS}")
_TAGS = re.compile("|".join(TAGS))
_BELOW = re.compile("|".join(BELOW))
_SHARED = re.compile(SHARED)
_CAPTION = re.compile("|".join(CAPTION))
_COMMENT_LINE = re.compile(_COMMENT)
_LINKS_LINE = re.compile(_LINKS)


def start_of_text(lines: Sequence[Line], start: int, repeated: Container[str]) -> int:
    """Return the number of the first line of a post's text: below its repeated title and several links to share it."""
    while start < len(lines) and lines[start].text in repeated:
        start += 1
    count = _share_count(lines, start)
    return start_of_text(lines, start + count, repeated) if count > 1 else start


def end_of_post(lines: Sequence[Line], start: int) -> int:
    """Return the number of the first line below the text of a post that begins with the line `start`.

    Tags and links to share the post are below it if the site's lines or nothing follow them. Otherwise such a line is
    one of the text, and so is one under a colon.
    """
    counts = [0] * (len(lines) + 1)
    for number in range(len(lines) - 1, start - 1, -1):
        counts[number] = counts[number + 1] + 1 if _SHARED.fullmatch(lines[number].text) else 0
    for number in range(start, len(lines)):
        text = lines[number].text
        below = lines[number + 1].text if number + 1 < len(lines) else None
        if _END.fullmatch(text) or (_TAGS.fullmatch(text) and (below is None or _BELOW.fullmatch(below))):
            return number
        is_listed = number > start and lines[number - 1].text.endswith((":", ",", ";"))
        count = counts[number]
        end = number + count
        if count and not is_listed and (_BELOW.fullmatch(lines[end].text) if end < len(lines) else count > 1):
            return number
    return len(lines)


def without_captions(text: str, lines: Sequence[Line]) -> tuple[str, list[Line]]:
    """Return a text in which the captions among some of its lines are blank, and the other lines."""
    return blanked(text, filter(_is_caption, lines)), [line for line in lines if not _is_caption(line)]


def _is_caption(line: Line) -> bool:
    return _CAPTION.fullmatch(line.text) is not None


def _share_count(lines: Sequence[Line], start: int) -> int:
    """Return how many lines from `start` on are links to share a page."""
    return sum(1 for _ in takewhile(lambda number: _SHARED.fullmatch(lines[number].text), range(start, len(lines))))


def names_of_site(above: Iterable[Line], title: str, below: Iterable[Line]) -> set[str]:
    """Return the names of the blog among the lines above a title, which no record has.

    The title begins with such a name, or it stands again below.
    """
    again = {line.text for line in below}
    return {line.text for line in above if line.is_label and (line.text in again or title.startswith(line.text))}


def without_others(lines: Sequence[Line], names: Container[str], title: str) -> list[Line]:
    """Return the lines below a post without the comments of readers, links to pages, and names of the blog.

    A comment begins with a line that says who wrote it and ends before the next line of the site. Links are all lines
    under their heading that are no sentences, if no sentence follows: otherwise the text of the post may go on there. A
    name is the blog's beside a line of the site, if it stands above the title or begins it.
    """
    part = None
    found: list[tuple[Line, bool]] = []
    for number, line in enumerate(lines):
        if _COMMENT_LINE.fullmatch(line.text):
            part = COMMENTS
        elif _LINKS_LINE.fullmatch(line.text):
            part = LINKS
        elif _BELOW.fullmatch(line.text):
            part = part if part == LINKS else None
        elif part == COMMENTS:
            continue
        elif line.text in names or (line.is_label and title.startswith(line.text)):
            beside = (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])
            if part == LINKS or any(_BELOW.fullmatch(each.text) for each in beside):
                continue
        found.append((line, part == LINKS and line.is_label and not _BELOW.fullmatch(line.text)))
    unknown = [place for place, (line, _) in enumerate(found) if _may_be_text(line)]
    last = unknown[-1] if unknown else -1
    return [line for place, (line, is_link) in enumerate(found) if place < last or not is_link]


def _may_be_text(line: Line) -> bool:
    """Return whether a line below a post is a sentence of a text. A short question may be the title of a page."""
    is_title = line.is_label or (line.text.endswith("?") and len(line.text) <= LONGEST_LABEL)
    return not is_title and not _BELOW.fullmatch(line.text)
