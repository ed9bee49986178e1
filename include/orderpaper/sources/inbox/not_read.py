"""Name the pages that people save and no parser reads, and what would be read instead."""

import re
from typing import NamedTuple


class _Page(NamedTuple):
    name: str
    instead: str
    lines: tuple[str, ...]
    """Patterns that match at the beginning of a line of it, and in no document that is read."""


_OF_REPORT = "the debate from the Hansard API, or a question time without its speakers"
_PAGES = (
    _Page(
        "a list of questions of the Order Paper",
        "the same questions from the API of written or of oral questions",
        (
            r"Questions tabled on \w+ \d",
            r"Questions for (?:Written|Oral) Answer(?: (?:for|on) .{1,40})?$",
            r"House of Lords Business[^\S\n]*$",
        ),
    ),
    _Page(
        "a page of questions-statements.parliament.uk",
        "the same question from its API, or a listing with “Asked by:” and “Question to the …:”",
        (r"UIN:? \w+,? [Tt]abled on:? \d", r"(?:Tabled on|Date tabled):? \d"),
    ),
    _Page(
        "a page of theyworkforyou.com",
        "the XML file of the day from TheyWorkForYou, or the debate from the Hansard API",
        (
            r".{0,2000}\(Citation: H[CL] Deb\b",
            r"Link to this speech\b",
            r"TheyWorkForYou\b",
            r"All (?:Commons|Lords|Westminster Hall) debates on ",
            r"Alert me about debates like this\b",
            r".{0,80}\b(?:written question|debate) – (?:answered on|in the House of (?:Commons|Lords)) ",
        ),
    ),
    _Page(
        "a page of hansard.parliament.uk",
        _OF_REPORT,
        (
            r"Volume \d+(?:: debated on |[^\S\n]*$)",
            r"H[CL] Deb \d{1,2} \w+ \d{4} vol",
            r"(?:Share this (?:contribution|debate)|Copy link to this contribution)[^\S\n]*$",
        ),
    ),
    _Page(
        "a page of the Official Report on publications.parliament.uk",
        "the XML file of the day from TheyWorkForYou, or the debate from the Hansard API",
        (r"\d{1,2} [A-Z][a-z]{2,8} \d{4} ?: ?Column \d", r".{0,80}\| Back to Table of Contents \|"),
    ),
    _Page(
        "a page of ukpol.co.uk",
        "the question from its API, or the post from the department's own page",
        (r"The (?:below Parliamentary question was asked|press release issued|(?:speech|comments) made) by ",),
    ),
    _Page(
        "a text of Hansard with its speakers",
        _OF_REPORT,
        (r"(?:[TQ]?\d{1,2}\. )?[A-Z][^.?!:£()\n]{3,80} \([^()\n]{2,60}\) \([A-Z][A-Za-z/-]{1,9}\)(?: ?:|[^\S\n]*$)",),
    ),
    _Page(
        "a page of members.parliament.uk",
        "the member's detail, history or biography from the members API",
        (r"Parliamentary career[^\S\n]*$",),
    ),
    _Page("a page that lists posts of a blog", "the page of each post", (r"Read more of .",)),
)
# The spaces before a line's words are those of that line, and all of them: with `\s*`, many empty lines would be read
# again from each, and without `+`, many spaces.
_PATTERNS = [(re.compile(rf"^[^\S\n]*+(?:{'|'.join(page.lines)})", re.MULTILINE), page) for page in _PAGES]


def named(text: str) -> str | None:
    """Return which page a text is and what would be read instead, if it is one that is known and not read."""
    page = next((page for pattern, page in _PATTERNS if pattern.search(text)), None)
    return f"the file is {page.name}, which is not read; save {page.instead} instead" if page else None
