"""Find the document on a saved HTML page: the text that a reader sees, without what is the site's.

What is left out is left out by a rule that names the element. Words that no rule leaves out and that are no part of the
document are given as pieces, so that they are refused and do not vanish.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from lxml import etree, html

from orderpaper.errors import ParseError
from orderpaper.reading.apart import MARK, UNSEEN, hide, is_around, placed, sentences, set_apart
from orderpaper.reading.markup import element_text, html_to_text
from orderpaper.reading.pieces import LeftOut, Piece

DEEPEST = 200
"""The deepest nesting of elements. Ordinary pages stay far below it. The HTML parser silently drops text at 256."""

_HTML_TAG = re.compile(
    r"<(?:!doctype html|html|head|body|div|p|main|article|section|h[1-6]|table|ul|span|meta|title)\b", re.IGNORECASE
)
_PAGE_BREAKS = str.maketrans(f"\v\f{MARK}", "   ")
"""White space that is allowed in text but not in elements, and the character that stands for an element."""
_ENTITY = re.compile(r"&(?:#[0-9]{2,5}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8}[0-9]{0,2});")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BESIDE: LeftOut = dict.fromkeys(
    ("header", "footer", "aside", "form", "button", "dialog"), "it is around the page's <main>"
)
"""Elements that are left out beside the `<main>` of a page, and why."""


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
    within: tuple[tuple[int, Piece], ...] = ()
    """The words that a rule leaves out only if the document is not around them, each with its place in the text."""


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
        # A program that takes the markup out of a page may leave the names of characters in it.
        return Page(_ENTITY.sub(lambda entity: unescape(entity[0]), text))
    root = page_root(text)
    mains = list(root.iter("main"))
    content = mains[0] if len(mains) == 1 else root.find("body")
    if content is None:
        raise ParseError("the HTML page has no text")
    around = {content, *content.iterancestors()}
    _drop(root.iter(*UNSEEN), around)
    if mains:
        beside = [node for node in root.iter() if content not in node.iterancestors()]
        _drop((node for node in beside if node.tag in BESIDE or is_around(node)), around)
    _drop(_repeated(root), around)
    for node in root.iter("pre"):
        _break_lines(node)
    outside, within = set_apart(content)
    text = html_to_text(_inner(content))
    if not text:
        raise ParseError("the HTML page has no text")
    places = tuple(placed(content, text, within)) if within else ()
    articles = [node for node in root.iter("article") if around.issuperset(node.iterancestors("article"))]
    inner = [node for node in articles if content in node.iterancestors() and node.xpath(".//h1 or .//h2 or .//h3")]
    apart = [node for node in articles if content not in node.iterancestors() and node not in around]
    shown, others = (tuple(html_to_text(_inner(node)) for node in nodes) for nodes in (inner, apart))
    _drop(inner, around)
    rest = html_to_text(_inner(content)) if inner else text
    hide(content)
    outside += sentences("/html/body", element_text(root))
    return Page(text, shown, others, rest, tuple(outside), places)


def _break_lines(node: html.HtmlElement) -> None:
    """Keep the line ends of a text that a browser shows as it is, if no elements are in it."""
    if len(node) == 0 and node.text:
        node.text, *lines = node.text.split("\n")
        for line in lines:
            etree.SubElement(node, "br").tail = line


def _repeated(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the element below the first heading of each article that only repeats it, if it is the label of them all.

    Elsewhere a heading and the line below it may be the same for a reason.
    """
    headings = [heading for node in root.iter("article") if (heading := next(node.iter(*_HEADINGS), None)) is not None]
    if len(headings) > 1 and len(set(map(element_text, headings))) == 1:
        for heading in headings:
            below = None if (heading.tail or "").strip() else heading.getnext()
            if below is not None and element_text(below) == element_text(heading):
                yield below


def _drop(nodes: Iterable[html.HtmlElement], around: set[html.HtmlElement]) -> None:
    """Hide elements, except those that the document is in."""
    for node in list(nodes):
        if node not in around:
            hide(node)


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
