"""Find the text that a reader of a saved HTML page sees, without navigation and forms."""

import re

from lxml import etree, html

from orderpaper.errors import ParseError
from orderpaper.reading.markup import html_to_text

DEEPEST = 200
"""The deepest nesting of elements. Ordinary pages stay far below it. The HTML parser silently drops text at 256."""

_HTML_TAG = re.compile(
    r"<(?:!doctype html|html|head|body|div|p|main|article|section|h[1-6]|table|ul|span|meta|title)\b", re.IGNORECASE
)
_PAGE_BREAKS = str.maketrans("\v\f", "  ")
"""White space that is allowed in text but not in elements."""
_CHROME = ("nav", "form", "button", "select", "footer", "script", "style", "template", "noscript", "svg", "iframe")


def is_html(text: str) -> bool:
    """Return whether the text is a page or a fragment of one, rather than prose that contains a "<"."""
    start = text.lstrip()[:2000]
    return start.startswith("<") and _HTML_TAG.search(start) is not None


def readable_text(text: str) -> str:
    """Return the visible text of a text that may be a page. Text without markup is returned as it is.

    Raises:
        ParseError: it is a page that cannot be read whole, or has no text.
    """
    return page_text(text) if is_html(text) else text


def page_text(markup: str) -> str:
    """Return the visible text of the page's `<main>`, or of its body if it has none.

    Raises:
        ParseError: the markup is nested too deep to be read whole, or has no text.
    """
    root = page_root(markup)
    for element in list(root.iter(*_CHROME)):
        if element is not root:
            element.drop_tree()
    mains = list(root.iter("main"))
    content = mains[0] if len(mains) == 1 else root.find("body")
    text = "" if content is None else html_to_text(_inner(content))
    if not text:
        raise ParseError("the HTML page has no text")
    return text


def article_texts(text: str) -> list[str]:
    """Return the text of each article of a page that has a heading. Comments are articles without one.

    Raises:
        ParseError: it is a page that cannot be read whole.
    """
    if not is_html(text):
        return []
    outermost = page_root(text).xpath("//article[not(ancestor::article)][.//h1 or .//h2 or .//h3]")
    return [html_to_text(_inner(article)) for article in outermost]


def page_root(markup: str) -> html.HtmlElement:
    """Return the elements of a page, without comments.

    Raises:
        ParseError: the markup cannot be read, or is nested too deep to be read whole.
    """
    if markup.lstrip().startswith("<?xml"):
        markup = markup.partition("?>")[2]
    markup = markup.translate(_PAGE_BREAKS)
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(f"the file looks like HTML but cannot be read: {error}") from error
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
    """Return the markup between the element's tags."""
    element.tail = None
    element.tag = "div"
    return str(etree.tostring(element, encoding="unicode", method="html"))
