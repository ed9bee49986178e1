"""Markup to text, once and the same everywhere: spans count in what this returns."""

import re

from lxml import etree, html

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    ]
)
_CELLS = frozenset({"td", "th"})
_HIDDEN = frozenset({"script", "style", "template", "head", "noscript"})
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")
_LINE_EDGES = re.compile(r" *\n[ \n]*")


def html_to_text(markup: str) -> str:
    """The visible text of an HTML fragment: a line per block, cells of a table row parted by a tab.

    Runs of white space become one space; entities are resolved; scripts and styles are left out. Text without
    markup comes back with its white space folded, nothing else changed.
    """
    if "<" not in markup and "&" not in markup:
        return _fold(markup.replace("\t", " "))
    try:
        root = html.fragment_fromstring(markup.replace("\x00", ""), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return _fold(markup)
    parts: list[str] = []
    _walk(root, parts)
    return _fold("".join(parts))


def _walk(root: html.HtmlElement, parts: list[str]) -> None:
    """Append the text of `root` in document order; iterative, so that deep nesting cannot exhaust the stack."""
    skip_until: html.HtmlElement | None = None
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if skip_until is None and node.tail:
                parts.append(node.tail.replace("\t", " ").replace("\n", " "))
            continue
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if skip_until is not None:
                continue
            if tag in _HIDDEN:
                skip_until = node
                continue
            if tag in _BLOCKS or tag == "br":
                parts.append("\n" if not _in_cell(node) else " ")
            if node.text:
                parts.append(node.text.replace("\t", " ").replace("\n", " "))
            continue
        if skip_until is not None and skip_until is not node:
            continue
        skip_until = None
        if tag in _CELLS:
            parts.append("\t")
        elif tag in _BLOCKS:
            parts.append("\n" if not _in_cell(node) else " ")
        if node.tail and node is not root:
            parts.append(node.tail.replace("\t", " ").replace("\n", " "))


def _in_cell(node: html.HtmlElement) -> bool:
    """Whether a block stands inside a table cell, whose text stays on the row's line."""
    return next(node.iterancestors("td", "th"), None) is not None


def _fold(text: str) -> str:
    text = re.sub(r"[ \r\f\v\xa0]+", " ", text)
    text = re.sub(r" *\t *", "\t", text)
    text = re.sub(r"\t+(?=\n|$)", "", text)
    return _LINE_EDGES.sub("\n", text).strip(" \n")
