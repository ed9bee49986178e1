"""Turn HTML into text. All parsers use this, because spans count in the text that it returns."""

import re
from functools import lru_cache

from lxml import etree, html

from orderpaper.errors import ParseError
from orderpaper.reading.tidy import tidy

_BLOCKS = frozenset(
    "address article aside blockquote br dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4"
    " h5 h6 header hr legend li main nav ol option p pre section summary table tr ul".split()
)
_CELLS = frozenset({"td", "th"})
_HIDDEN = frozenset({"script", "style", "template", "head", "noscript"})
_STRUCK = frozenset({"del", "s", "strike"})
STRUCK_MARK = "~~"
"""The mark that stands in the text before and after words that the markup strikes out, as in Markdown."""
_RAISED = dict(zip("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾", strict=True))
_RAISED_NOTES = dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()x", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₓ", strict=True))
_SCRIPTS = {
    "sup": (
        re.compile(r"\s*(?:(?:[\d+=()−, -]|(?<![a-z])[a-z](?![a-z])){2,12}|[\da-jln-z])\s*"),
        str.maketrans(_RAISED | _RAISED_NOTES),
    ),
    "sub": (re.compile(r"\s*[\dx+=()−-]{1,12}\s*"), str.maketrans(_LOWERED)),
}
"""How short marks above and below the line are told apart from the digits beside them: £25 million¹, CO₂."""
_SPACES = re.compile(r"  +")
_AROUND_TAB = re.compile(r" *\t *")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML and HTML documents must not contain."""
_PAGE_END = re.compile(r"</(?:html|body)\b[^<>]*>", re.IGNORECASE)
"""Matches tags after which the parser of HTML drops what follows."""
_PARAGRAPH = re.compile(r"</?p>")
_PARAGRAPHS = re.compile(r"(?>(?:\s*+<p>[^<&]*+</p>)+)\s*+")
"""Matches the markup of most answers, which is read without a parser of HTML because it has nothing but paragraphs."""
_SHORT = 20_000
"""In characters. Longer texts are not kept, so that those that are kept take little memory."""
_IN_TEXT: dict[int, int | str] = {ord("\t"): " ", ord("\n"): " "}


def html_to_text(markup: str) -> str:
    """Return the visible text of an HTML fragment: a line for each block, with tabs between the cells of a row.

    Runs of white space become one space, entities are resolved, invisible characters are removed, and scripts and
    styles are left out. Notes and indices in `sup` and `sub` become raised and lowered characters ("£25 million¹"), and
    `~~` encloses what `del` strikes out. In text without markup, only the characters are put in order.

    Raises:
        ParseError: the text cannot be read whole: the markup is nested deeper than 2,048 elements, or is a frameset.
    """
    return _read(markup) if len(markup) > _SHORT else _read_short(markup)


def _read(markup: str) -> str:
    if "<" not in markup and "&" not in markup:
        return _fold(markup.replace("\t", " "))
    if _PARAGRAPHS.fullmatch(markup):
        return _fold(_PARAGRAPH.sub("\n", _NO_XML.sub(" ", markup).translate(_IN_TEXT)))
    parser = html.HTMLParser(huge_tree=True)
    try:
        root = html.fragment_fromstring(_PAGE_END.sub("", _NO_XML.sub(" ", markup)), create_parent="div", parser=parser)
    except (etree.LxmlError, AssertionError, ValueError) as error:
        raise ParseError(f"the markup cannot be read: {error}") from error
    # libxml2 drops elements that are nested too deep, and only writes a line in this log.
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise ParseError("the markup is nested too deep to be read whole")
    return element_text(root)


_read_short = lru_cache(maxsize=256)(_read)
"""A parser reads a text, and the account of its document reads it again."""


def _pieces(root: html.HtmlElement) -> list[str]:
    """Return the text of `root` in document order. It is iterative, so that deep nesting cannot exhaust the stack."""
    pieces: list[str] = []
    cell_depth = 0
    hidden: html.HtmlElement | None = None
    script: html.HtmlElement | None = None
    characters = _IN_TEXT
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
            elif tag in _STRUCK:
                pieces.append(STRUCK_MARK)
            elif tag in _SCRIPTS and script is None and (table := _script(node)):
                script, characters = node, table
            if node.text:
                pieces.append(node.text.translate(characters))
            continue
        if event == "end":
            hidden = None
            if tag in _CELLS:
                cell_depth -= 1
                pieces.append("\t")
            elif tag in _BLOCKS:
                pieces.append(" " if cell_depth else "\n")
            elif tag in _STRUCK:
                pieces.append(STRUCK_MARK)
            if node is script:
                script, characters = None, _IN_TEXT
        if node.tail and node is not root:
            pieces.append(node.tail.translate(characters))
    return pieces


def element_text(root: html.HtmlElement) -> str:
    """Return the visible text of an element of a page, as `html_to_text` returns that of its markup."""
    return _fold("".join(_pieces(root)))


def _script(node: html.HtmlElement) -> dict[int, int | str] | None:
    """Return the characters for a `sup` or `sub` that holds a short mark; None for words, such as "th" after a day."""
    shape, table = _SCRIPTS[node.tag]
    return {**_IN_TEXT, **table} if len(node) < 3 and shape.fullmatch("".join(node.itertext())) else None


def _fold(text: str) -> str:
    text = _SPACES.sub(" ", tidy(text))
    if "\t" in text:
        text = _AROUND_TAB.sub("\t", text)
    first, *others = text.split("\n")
    lines = [line.lstrip(" ") for line in others]
    return "\n".join([first.rstrip(" \t"), *(line.rstrip(" \t") for line in lines if line)]).strip(" \n")
