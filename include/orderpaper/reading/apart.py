"""Set apart what is on a page and not in its text, so that no words of the document vanish with it.

Elements that a rule names are hidden: the site's, and those that a reader does not see. Around the document, their
words are left out, and of some elements only if they have no sentence. Within the document, only labels of the site are
left out, and all other words are pieces. So are the words that stand for its pictures.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import html

from orderpaper.reading.lines import SHARE, SHARED, Line, content_lines
from orderpaper.reading.markup import element_text
from orderpaper.reading.pieces import LeftOut, Piece, is_telling

UNSEEN: LeftOut = dict.fromkeys(("script", "style", "template", "noscript", "iframe"), "a reader does not see it")
"""Elements that are left out wherever they are, with all that is in them, and why."""
OF_SITE: LeftOut = {
    "nav": "it is navigation of the site",
    "select": "it is a control of the site",
    "datalist": "it is a control of the site",
    "svg": "it is an icon of the site",
}
"""Elements that are left out around the document, and why."""
_MAY_BE_TEXT = ("form", "button", "footer", "aside", "dialog")
"""Elements that are left out around the document if they have only labels. If they have a sentence, it is refused."""
_CHOICES = ("select", "datalist", "svg", "nav")
"""Elements of which each text is a line of its own, as a choice, a link or a label in a drawing is."""
_SITE_NAMES = re.compile(r"(?i:cookie)|(?:^| )(?:comments|comment-?list|sidebar)(?: |$)")
"""Matches the class or id of an element that has the site's notice about cookies, its sidebar, or readers' comments."""
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search"})
"""The roles (WAI-ARIA landmarks) of elements that are around the document."""
_UNSEEN_STYLE = re.compile(r"(?i)(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)")
_SHOWN = {"img": "alt", "input": "value", "optgroup": "label"}
"""The attributes that a reader sees, or that stand for a picture. A tooltip (`title`) is shown only on request."""
_NO_WORDS = frozenset({"hidden", "checkbox", "radio"})
"""The types of an `input` whose value is not shown."""
_LABEL = re.compile(
    rf"{SHARE}|Subscribe|Unsubscribe|Sign (?:up|in)|Log in|Menu|Search|Close|Cancel|Copy|Permalink|Download|Back|Next"
    r"|(?:Show|View|Read|See|Hide)(?: more| less| all| full (?:answer|text|debate))?|Previous|Listen|Edit|Reply"
)
"""Matches the words of controls that stand between the parts of documents. None has a number or a name."""
_WORD = re.compile(r"\w")
_NOTICE = re.compile(r"\b[Cc]ookies?\b")
_LONGEST_NOTICE = 300
_RUN = re.compile(r"\S+")
MARK = "\ufdd0"
"""Stands for an element in a text while its place is looked for. It is no character of any text (a noncharacter)."""

Within = Mapping[html.HtmlElement, list[Piece]]
"""The words of each element that are lost if the document is around it."""


def is_of_site(node: html.HtmlElement) -> bool:
    """Return whether an element says by its role, class or id that it is the site's or has the comments of readers."""
    names = [node.get("class") or "", node.get("id") or ""]
    is_comment = node.tag in {"article", "li"} and "comment" in names[0].split()
    is_named = is_comment or node.get("role") in _ROLES or any(map(_SITE_NAMES.search, names))
    return is_named and next(node.iter("main", "h1"), None) is None


def hide(node: html.HtmlElement) -> None:
    """Make an element one that no text is taken from. It stays, because many that are removed join their tails anew."""
    node.clear(keep_tail=True)
    node.tag = "template"


def set_apart(content: html.HtmlElement) -> tuple[list[Piece], Within]:
    """Hide what is in an element and not in its text.

    A form or a hidden element that has most of the text is the page itself, as some sites are built.

    Returns:
        The words that are lost, whether the document is around them or not, and those that are lost if it is.
    """
    lost: list[Piece] = []
    within: dict[html.HtmlElement, list[Piece]] = {}
    for node in content.iter(*_SHOWN):
        shown = " ".join(node.get(_SHOWN[node.tag], "").split())
        if is_telling(shown) and not (node.tag == "input" and node.get("type") in _NO_WORDS):
            within[node] = [Piece(f"{_path(node)}/@{_SHOWN[node.tag]}", shown)]
    for is_apart in (is_around, _may_be_text):
        whole = len(element_text(content))
        for node in [node for node in content.iterdescendants() if is_apart(node)]:
            if content not in node.iterancestors():
                continue  # It is in an element that was hidden.
            lines = _lines(node)
            if (node.tag == "form" or _is_unseen(node)) and 2 * sum(map(len, lines)) > whole:
                continue
            path = _path(node)
            if is_apart is _may_be_text and sentences("", "\n".join(lines)):
                lost += [Piece(path, line) for line in lines]
                lines = []
            inner = [piece for each in node.iter() for piece in within.pop(each, [])]
            within[node] = [*(Piece(path, line) for line in _without_labels(node, lines)), *inner]
            hide(node)
    return lost, {node: pieces for node, pieces in within.items() if pieces}


def placed(content: html.HtmlElement, text: str, within: Within) -> Iterator[tuple[int, Piece]]:
    """Yield each piece with the place in the text of its element: the end of what stands before it."""
    nodes = [node for node in content.iter() if node in within]
    for node in nodes:
        node.tail = MARK + (node.tail or "")
    before = element_text(content).split(MARK)[:-1]
    for node in nodes:
        node.tail = node.tail.removeprefix(MARK)
    runs = _RUN.finditer(text)
    wanted = seen = end = 0
    for node, shown in zip(nodes, before, strict=True):
        wanted += len("".join(shown.split()))
        while seen < wanted and (run := next(runs, None)):
            seen, end = seen + len(run[0]), run.end()
        for piece in within[node]:
            yield end - max(0, seen - wanted), piece


def sentences(address: str, text: str) -> list[Piece]:
    """Return the lines of a text that can be words of a document: neither labels nor notices of the site."""
    return [
        Piece(address, line.text) for line in content_lines(text) if _WORD.search(line.text) and not _is_known(line)
    ]


def is_around(node: html.HtmlElement) -> bool:
    """Return whether an element is the site's or not seen, so that its words are not a document's that is beside it."""
    return node.tag in OF_SITE or _is_unseen(node) or is_of_site(node)


def _is_unseen(node: html.HtmlElement) -> bool:
    return node.get("hidden") is not None or _UNSEEN_STYLE.search(node.get("style") or "") is not None


def _may_be_text(node: html.HtmlElement) -> bool:
    return node.tag in _MAY_BE_TEXT


def _lines(node: html.HtmlElement) -> list[str]:
    """Return the lines of an element, without the names of drawings that are only labels."""
    if node.tag not in _CHOICES:
        return element_text(node).split("\n")
    texts = node.xpath(".//text()[not(ancestor::style or ancestor::script)]")
    lines = [(text.getparent(), " ".join(text.split())) for text in texts]
    return [line for above, line in lines if above.tag not in ("title", "desc") or is_telling(line)]


def _without_labels(node: html.HtmlElement, lines: list[str]) -> list[str]:
    """Return the lines of an element that can be words of a document around it.

    Names of networks are labels beside others. Links in one line may be labels, of which each has its own text.
    """
    texts = [text for text in (" ".join(text.split()) for text in node.itertext()) if _WORD.search(text)]
    known = re.compile(f"{_LABEL.pattern}|{SHARED}") if any(map(_LABEL.fullmatch, texts)) else _LABEL
    if all(map(known.fullmatch, texts)):
        return []
    found = content_lines("\n".join(lines))
    return [
        line.text for line in found if _WORD.search(line.text) and not line.is_footer and not known.fullmatch(line.text)
    ]


def _is_known(line: Line) -> bool:
    """Return whether a line is a label, or one that any site prints, such as the notice about cookies."""
    is_notice = len(line.text) <= _LONGEST_NOTICE and "£" not in line.text and _NOTICE.search(line.text)
    return line.is_label or line.is_footer or bool(is_notice)


def _path(node: html.HtmlElement) -> str:
    return "/".join(["", *(above.tag for above in reversed([*node.iterancestors()])), node.tag])
