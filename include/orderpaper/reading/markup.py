"""Turn HTML into text. All parsers use this, because spans count in the text that it returns."""

import re

from lxml import etree, html

from orderpaper.errors import ParseError

_BLOCKS = frozenset(
    "address article blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre"
    " section table tr ul".split()
)
_CELLS = frozenset({"td", "th"})
_HIDDEN = frozenset({"script", "style", "template", "head", "noscript"})
_SPACES = re.compile(r"[ \r\f\v\xa0]+")
_AROUND_TAB = re.compile(r" *\t *")
_LINE_ENDS = re.compile(r"(?<![ \t])[ \t]*+\n[ \n]*+|(?<![ \t])[ \t]++\Z")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML and HTML documents must not contain."""
_IN_TEXT = str.maketrans("\t\n", "  ")


def html_to_text(markup: str) -> str:
    """Return the visible text of an HTML fragment: a line for each block, with tabs between the cells of a row.

    Runs of white space become one space, entities are resolved, and scripts and styles are left out. In text without
    markup, only the white space is folded.

    Raises:
        ParseError: the text cannot be read whole: the markup is nested deeper than 2,048 elements, or is a frameset.
    """
    if "<" not in markup and "&" not in markup:
        return _fold(markup.replace("\t", " "))
    parser = html.HTMLParser(huge_tree=True)
    try:
        root = html.fragment_fromstring(_NO_XML.sub(" ", markup), create_parent="div", parser=parser)
    except (etree.LxmlError, AssertionError, ValueError) as error:
        raise ParseError(f"the markup cannot be read: {error}") from error
    # libxml2 drops elements that are nested too deep, and only writes a line in this log.
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise ParseError("the markup is nested too deep to be read whole")
    return _fold("".join(_pieces(root)))


def _pieces(root: html.HtmlElement) -> list[str]:
    """Return the text of `root` in document order. It is iterative, so that deep nesting cannot exhaust the stack."""
    pieces: list[str] = []
    cell_depth = 0
    hidden: html.HtmlElement | None = None
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if hidden is not None and node is not hidden:
            continue
        if event == "start":
            if tag in _HIDDEN:
                hidden = node
                continue
            if tag in _BLOCKS:
                pieces.append(" " if cell_depth else "\n")
            elif tag in _CELLS:
                cell_depth += 1
            if node.text:
                pieces.append(node.text.translate(_IN_TEXT))
            continue
        if event == "end":
            hidden = None
            if tag in _CELLS:
                cell_depth -= 1
                pieces.append("\t")
            elif tag in _BLOCKS:
                pieces.append(" " if cell_depth else "\n")
        if node.tail and node is not root:
            pieces.append(node.tail.translate(_IN_TEXT))
    return pieces


def _fold(text: str) -> str:
    text = _AROUND_TAB.sub("\t", _SPACES.sub(" ", text))
    return _LINE_ENDS.sub(lambda match: "\n" if "\n" in match[0] else "", text).strip(" \n")
