"""Tell which lines around the text of a saved post are left out: those of the site, of other pages, and of readers.

Where the text of a post ends is told by what a blog prints below it. What is there and is none of these is refused,
because it may be a part of the post.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from orderpaper.reading.lines import FOOTER, Line
from orderpaper.reading.pieces import LeftOut

_COMMENT = r"Comment by .{1,80} posted on .{1,60}"
_SHARE = r"(?:Share|Tweet|Email|Print)(?: this(?: page)?)?(?: (?:on|by|via|to) \w{1,20})?"
_NETWORK = r"Twitter|X|Facebook|LinkedIn|WhatsApp|Bluesky"
_ENDS = r"Sharing and comments|Share this page|Leave a (?:comment|reply)|Comments are closed\.?|[0-9]{1,4} comments?"
_LINKS = r"Related content and links|You may also be interested in:?|Recent posts"
ABOVE: LeftOut = {
    r"^(?:Skip to (?:main )?content|GOV\.UK|Menu|Search(?: blog)?|Home|Blogs?|[Hh]ide this message)$": (
        "it is navigation of the site"
    ),
    r"^(?:Blog|Organisations?:|(?:Department|Ministry|Office) (?:for|of)\b)[^£.!?;:]{0,80}$": (
        "it names the blog and its department"
    ),
    r"^[^£]{0,80}\b[Cc]ookies?\b[^£]{0,120}$": "it is the site's notice about cookies",
}
"""Lines above the title of a post that no record has, and why."""
POSTED: LeftOut = {
    r"^(?:(?:,? ?Posted (?:by|on) ?:|[-–]? ?Categories ?:)[^£.!?;]*|[^£.!?;:]*)$": (
        "it says who published the post, when, and in which categories"
    )
}
"""Lines between "Posted by:" and "Categories:" that no record has, and why."""
TAGS: LeftOut = {r"^Tags: ?[^£.!?;]{0,200}$": "they are the blog's tags"}
BELOW: LeftOut = {
    **FOOTER,
    **TAGS,
    rf"^(?:{_ENDS}|{_LINKS}|{_SHARE}|{_NETWORK})$": "it is a heading or a link of the site",
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
_END = re.compile(rf"{_ENDS}|{_LINKS}|{_COMMENT}")
_TAGS = re.compile("|".join(TAGS))
_BELOW = re.compile("|".join(BELOW))
_COMMENT_LINE = re.compile(_COMMENT)
_LINKS_LINE = re.compile(_LINKS)


def end_of_post(lines: Sequence[Line], start: int) -> int:
    """Return the number of the first line below the text of a post that begins with the line `start`.

    Tags are below it if the site's lines or nothing follow them. Otherwise the line is one of the text.
    """
    for number in range(start, len(lines)):
        text = lines[number].text
        below = lines[number + 1].text if number + 1 < len(lines) else None
        if _END.fullmatch(text) or (_TAGS.fullmatch(text) and (below is None or _BELOW.fullmatch(below))):
            return number
    return len(lines)


def names_of_site(above: Iterable[Line], title: str, below: Iterable[Line]) -> set[str]:
    """Return the names of the blog among the lines above a title, which no record has.

    The title begins with such a name, or it stands again below.
    """
    again = {line.text for line in below}
    return {line.text for line in above if line.is_label and (line.text in again or title.startswith(line.text))}


def without_others(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines below a post without the comments of readers (`COMMENTS`) and the links to pages (`LINKS`).

    A comment begins with a line that says who wrote it and ends before the next line of the site. Links are all lines
    under their heading that are no sentences.
    """
    part = None
    for line in lines:
        if _COMMENT_LINE.fullmatch(line.text):
            part = COMMENTS
        elif _LINKS_LINE.fullmatch(line.text):
            part = LINKS
        elif _BELOW.fullmatch(line.text):
            part = part if part == LINKS else None
        elif part == COMMENTS or (part == LINKS and line.is_label):
            continue
        yield line
