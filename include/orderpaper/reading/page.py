"""Find the document on a saved HTML page: the text that a reader sees, without what is the site's.

What is left out is left out by a rule that names the element. Words that no rule leaves out and that are no part of the
document are given as pieces, so that they are refused and do not vanish.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree, html

from orderpaper.errors import ParseError
from orderpaper.reading.lines import Line, content_lines
from orderpaper.reading.markup import element_text, html_to_text
from orderpaper.reading.pieces import LeftOut, Piece

DEEPEST = 200
"""The deepest nesting of elements. Ordinary pages stay far below it. The HTML parser silently drops text at 256."""

_HTML_TAG = re.compile(
    r"<(?:!doctype html|html|head|body|div|p|main|article|section|h[1-6]|table|ul|span|meta|title)\b", re.IGNORECASE
)
_PAGE_BREAKS = str.maketrans("\v\f", "  ")
"""White space that is allowed in text but not in elements."""
LEFT_OUT: LeftOut = {
    "nav": "it is navigation of the site",
    "select": "it is a control of the site",
    "datalist": "it is a control of the site",
    **dict.fromkeys(("script", "style", "template", "noscript", "svg", "iframe"), "a reader does not see it"),
}
"""Elements that are left out with all that is in them, and why."""
BESIDE: LeftOut = dict.fromkeys(
    ("header", "footer", "aside", "form", "button", "dialog"), "it is around the page's <main>"
)
"""Elements that are left out beside the `<main>` of a page, and why."""
_WITHIN = ("form", "button", "footer", "aside", "dialog")
"""Elements that are no part of a document. Their labels are left out; their sentences are refused, for they may be."""
_OF_SITE = re.compile(r"(?i:cookie)|(?:^| )(?:comments|comment-?list|sidebar)(?: |$)")
"""Matches the class or id of an element that has the site's notice about cookies, its sidebar, or readers' comments."""
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search"})
"""The roles (WAI-ARIA landmarks) of elements that are around the document."""
_WORD = re.compile(r"\w")
_NOTICE = re.compile(r"\b[Cc]ookies?\b")
_LONGEST_NOTICE = 300


@dataclass(frozen=True, slots=True)
class Page:
    """A saved page: its text, and the words around it that may be a part of it."""

    text: str
    """The visible text of its `<main>`, or of its body if it has none."""
    articles: tuple[str, ...] = ()
    """The text of each outermost article with a heading that is in the text."""
    apart: tuple[str, ...] = ()
    """The text of each outermost article that is beside the `<main>`."""
    rest: str = ""
    """The text without those of the articles that are in it."""
    outside: tuple[Piece, ...] = ()
    """The words that are not in the text, and that no rule leaves out."""


def is_html(text: str) -> bool:
    """Return whether the text is a page or a fragment of one, rather than prose that contains a "<"."""
    start = text.lstrip()[:2000]
    return start.startswith("<") and _HTML_TAG.search(start) is not None


def read_page(text: str) -> Page:
    """Return what there is on a text that may be a page. Text without markup is a page of nothing else.

    Raises:
        ParseError: it is a page that cannot be read whole, or has no text.
    """
    if not is_html(text):
        return Page(text)
    root = page_root(text)
    mains = list(root.iter("main"))
    content = mains[0] if len(mains) == 1 else root.find("body")
    if content is None:
        raise ParseError("the HTML page has no text")
    around = {content, *content.iterancestors()}
    _drop(root.iter(*LEFT_OUT), around)
    _drop((node for node in root.iter() if is_of_site(node)), around)
    if mains:
        _drop((node for node in root.iter(*BESIDE) if content not in node.iterancestors()), around)
    outside = _take_out(content)
    text = html_to_text(_inner(content))
    if not text:
        raise ParseError("the HTML page has no text")
    articles = [node for node in root.iter("article") if around.issuperset(node.iterancestors("article"))]
    inner = [node for node in articles if content in node.iterancestors() and node.xpath(".//h1 or .//h2 or .//h3")]
    apart = [node for node in articles if content not in node.iterancestors() and node not in around]
    shown, beside = (tuple(html_to_text(_inner(node)) for node in nodes) for nodes in (inner, apart))
    _drop(inner, around)
    rest = html_to_text(_inner(content)) if inner else text
    hide(content)
    outside += sentences("/html/body", element_text(root))
    return Page(text, shown, beside, rest, tuple(outside))


def is_of_site(node: html.HtmlElement) -> bool:
    """Return whether an element says by its role, class or id that it is the site's or has the comments of readers."""
    names = [node.get("class") or "", node.get("id") or ""]
    is_comment = node.tag in {"article", "li"} and "comment" in names[0].split()
    is_named = is_comment or node.get("role") in _ROLES or any(map(_OF_SITE.search, names))
    return is_named and next(node.iter("main", "h1"), None) is None


def _drop(nodes: Iterable[html.HtmlElement], around: set[html.HtmlElement]) -> None:
    """Hide elements, except those that the document is in."""
    for node in list(nodes):
        if node not in around:
            hide(node)


def hide(node: html.HtmlElement) -> None:
    """Make an element one that no text is taken from. It stays, because many that are removed join their tails anew."""
    node.clear(keep_tail=True)
    node.tag = "template"


def _take_out(content: html.HtmlElement) -> list[Piece]:
    """Hide the elements that are no part of the document, and return the words of those that have sentences.

    A form that has most of the text is the page itself, as some sites are built.
    """
    pieces: list[Piece] = []
    whole = len(element_text(content))
    for node in list(content.iter(*_WITHIN)):
        if content not in node.iterancestors():
            continue  # It is in an element that was hidden, or is the content.
        text = element_text(node)
        if node.tag == "form" and 2 * len(text) > whole:
            continue
        if sentences("", text):
            path = "/".join(["", *(above.tag for above in reversed([*node.iterancestors()])), node.tag])
            pieces += [Piece(path, line) for line in text.split("\n")]
        hide(node)
    return pieces


def sentences(address: str, text: str) -> list[Piece]:
    """Return the lines of a text that can be words of a document: neither labels nor notices of the site."""
    return [
        Piece(address, line.text) for line in content_lines(text) if _WORD.search(line.text) and not _is_known(line)
    ]


def _is_known(line: Line) -> bool:
    """Return whether a line is a label, or one that any site prints, such as the notice about cookies."""
    is_notice = len(line.text) <= _LONGEST_NOTICE and "£" not in line.text and _NOTICE.search(line.text)
    return line.is_label or line.is_footer or bool(is_notice)


def page_root(markup: str) -> html.HtmlElement:
    """Return the elements of a page, without comments.

    Raises:
        ParseError: the markup cannot be read, is nested too deep to be read whole, or has words after its end.
    """
    if markup.lstrip().startswith("<?xml"):
        markup = markup.partition("?>")[2]
    markup = markup.translate(_PAGE_BREAKS)
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(f"the file looks like HTML but cannot be read: {error}") from error
    if after := " ".join(filter(None, map(element_text, root.itersiblings()))):
        raise ParseError(f"the page goes on after its end, at “{after[:60]}”; save each page in a file of its own")
    if _depth(root) > DEEPEST:
        raise ParseError(f"the HTML nests elements more than {DEEPEST} deep; save the page as text instead")
    return root


def _depth(root: html.HtmlElement) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _inner(element: html.HtmlElement) -> str:
    """Return the markup of the element, as that of a block."""
    tag, element.tag = element.tag, "div"
    markup = str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))
    element.tag = tag
    return markup
