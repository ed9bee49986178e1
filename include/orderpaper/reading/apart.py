"""Set apart what is on a page and not in its text, so that no words of the document vanish with it.

Elements that a rule names are hidden. Around the document, their words are left out, and of some elements only if they
have no sentence. Within the document, only labels of the site are left out, and all other words are pieces. So are the
words that stand for its pictures. What a page hides with a style is text, because a folded answer is saved so.
"""

import re
from collections.abc import Container, Iterator, Mapping

from lxml import html

from orderpaper.reading.lines import SHARE, SHARED, Line, content_lines
from orderpaper.reading.markup import element_text
from orderpaper.reading.of_site import is_of_site as is_line_of_site
from orderpaper.reading.pieces import FEW_WORDS, LeftOut, Piece, is_telling

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
_SITE_NOTICE = re.compile("cookie", re.IGNORECASE)
_SITE_NAMES = re.compile(rf"(?i:{_SITE_NOTICE.pattern})|(?:^| )(?:comments|comment-?list|sidebar)(?: |$)")
"""Matches the class or id of an element that has the site's notice about cookies, its sidebar, or readers' comments."""
_CONTROLS = ("nav", "select", "datalist", "svg", "button", "dialog", "input", "optgroup")
"""Elements that have no words of a document, so that a short text in them is a label of the site. One with a figure
may be a chart or a table."""
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search"})
"""The roles (WAI-ARIA landmarks) of elements that are around the document."""
_FOLDED_STYLE = re.compile(r"(?i)(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)")
_SHOWN = {"img": "alt", "input": "value", "optgroup": "label"}
"""The attributes that a reader sees, or that stand for a picture. A tooltip (`title`) is shown only on request."""
_NO_WORDS = frozenset({"hidden", "checkbox", "radio"})
"""The types of an `input` whose value is not shown."""
_LABELS = (
    rf"{SHARE}|Subscribe|Unsubscribe|Sign (?:up|in)|Log in|Menu|Search|Close|Cancel|Copy|Permalink|Download|Back|Next"
    r"|(?:Show|View|Read|See|Hide)(?: more| less| all| full (?:answer|text|debate))?|Previous|Listen|Edit|Reply"
    r"|Share this(?: specific)? contribution|(?:External link,? ?)?\(?opens in (?:a )?new (?:tab|window)\)?"
    r"|Advertisement|Sponsored|More (?:from|by)(?: (?-i:[A-Z])[^\W\d]*(?:['’-][^\W\d]+)*){1,6}|Accept|Reject"
)
_LABEL = re.compile(f"(?i:{_LABELS})")
"""Matches the words of controls that stand between the parts of documents."""
_BESIDE_NETWORKS = re.compile(f"(?i:{_LABELS}|{SHARED})")
_FIGURE = re.compile(r"(?i)[£€$]|\d ?%|\bper ?cent\b|\d,\d{3}|\d ?(?:k|m|bn)\b|\b(?:million|billion)\b|^\d+\.\d+$")
"""Matches a sum, a share or a large number, which no label has."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_TABLED = re.compile(
    r"(?i)(?:(?:^| ?[·|•,;–—-] ?)(?:(?:Tabled|Asked|Answered|Published)(?: on)?:? (?:[a-z]+,? )?\d{1,2} [a-z]+ \d{4}"
    r"|UIN:? ?[A-Z]{0,3}\d{1,7}))+"
)
"""Matches the line in the footer of a question with its days and number, which the records of Parliament's own API
have."""
_NAME = r"(?:[A-Z][\w.’'-]*|of|the|for|and|de|du|van|von|ap)"
_PORTRAIT = re.compile(
    r"(?i:(?:(?:An?|The|Official|Profile) )*(?:portrait|photo(?:graph)?|picture|image|headshot) (?:of|for))"
    rf"(?: {_NAME},?){{1,14}}(?: since \d{{4}})?|(?i:[\w-]{{1,40}}(?: [\w-]{{1,40}}){{0,4}}\.(?:jpe?g|png|gif|webp))"
)
"""Matches the text of a picture that says only of whom it is, or names its file."""
_NAMED = re.compile(rf"\b{_NAME}(?: {_NAME}){{1,9}}")
_HONOURS = re.compile(r"^(?:The )?(?:Rt\.? Hon\.? |Right Honourable )?|,? (?:MP|MSP|MS|MLA|KC|QC)$", re.IGNORECASE)
_WORD = re.compile(r"\w")
_NOTICE = re.compile(r"\b[Cc]ookies?\b")
_LONGEST_NOTICE = 300
_LONGEST_CAPTION = 200
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

    A form that has most of the text is the page itself, as some sites are built.

    Returns:
        The words that are lost, whether the document is around them or not, and those that are lost if it is.
    """
    lost: list[Piece] = []
    within: dict[html.HtmlElement, list[Piece]] = {}
    for node in filter(_is_spare, list(content.iterdescendants())):
        hide(node)
    names = {_HONOURS.sub("", name) for name in _NAMED.findall(element_text(content))}
    for node in content.iter(*_SHOWN):
        shown = " ".join(node.get(_SHOWN[node.tag], "").split())
        if is_telling(shown) and not _is_shown_label(node, shown, names):
            within[node] = [Piece(f"{_path(node)}/@{_SHOWN[node.tag]}", shown)]
    for node in filter(_is_caption, list(content.iter("figcaption"))):
        text = element_text(node)
        within[node] = [Piece(_path(node), text)] if is_telling(text) else []
        hide(node)
    for is_apart in (is_around, _may_be_text):
        whole = len(element_text(content))
        for node in [node for node in content.iterdescendants() if is_apart(node)]:
            if content not in node.iterancestors():
                continue  # It is in an element that was hidden.
            lines = _lines(node)
            if node.tag == "form" and 2 * sum(map(len, lines)) > whole:
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
    """Return whether an element is the site's, so that its words are not a document's that is beside it."""
    return node.tag in OF_SITE or is_of_site(node)


def _is_spare(node: html.HtmlElement) -> bool:
    """Return whether an element that is not shown has only labels, or the same words as the element beside it.

    A short text may stand twice for a reason: a digest has the kind of a turn as its heading and as its label.
    """
    is_folded = node.get("hidden") is not None or _FOLDED_STYLE.search(node.get("style") or "") is not None
    if not is_folded or next(node.iter("main", "h1", *_SHOWN), None) is not None:
        return False
    text = element_text(node)
    beside = [each for each in (node.getprevious(), node.getnext()) if each is not None]
    return (is_telling(text) and text in map(element_text, beside)) or not _without_labels(node, text.split("\n"))


def _is_caption(node: html.HtmlElement) -> bool:
    """Return whether an element is the caption of a picture: short, without a figure, and beside nothing but pictures.

    The caption of a chart or a table has its figures, and says more than the picture shows.
    """
    text, beside = element_text(node), node.getparent()
    others = "".join(map(element_text, (each for each in beside if each is not node)))
    has_picture = next(beside.iter("img", "picture", "video"), None) is not None
    return len(text) <= _LONGEST_CAPTION and not re.search(r"[0-9£]", text) and has_picture and not others.strip()


def _is_shown_label(node: html.HtmlElement, shown: str, names: Container[str]) -> bool:
    """Return whether the words in an attribute are a label, or say of whom a picture is. The text has the `names`."""
    if node.tag == "img":
        return _HONOURS.sub("", shown) in names or _PORTRAIT.fullmatch(shown) is not None
    return node.get("type") in _NO_WORDS or _is_label_of_control(content_lines(shown)[0])


def _is_label_of_control(line: Line) -> bool:
    """Return whether a line of a control is a label: of few words, no sentence, and without a figure."""
    if _LABEL.fullmatch(line.text) or is_line_of_site(line) or _ADDRESS.fullmatch(line.text):
        return True
    is_sentence = line.text.rstrip(")]”’\"'").endswith((".", "!", "?"))
    return len(line.text.split()) <= FEW_WORDS and not is_sentence and not _FIGURE.search(line.text)


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
    known = _BESIDE_NETWORKS if any(map(_LABEL.fullmatch, texts)) else _LABEL
    found = [line for line in content_lines("\n".join(lines)) if _WORD.search(line.text)]
    if all(map(known.fullmatch, texts)) or (_is_control(node) and all(map(_is_label_of_control, found))):
        return []
    is_banner = _SITE_NOTICE.search(f"{node.get('class')} {node.get('id')}") is not None
    return [
        line.text
        for line in found
        if not (line.is_footer or known.fullmatch(line.text) or is_line_of_site(line))
        and not (node.tag == "footer" and _TABLED.fullmatch(line.text))
        and not (is_banner and _is_notice(line))
    ]


def _is_control(node: html.HtmlElement) -> bool:
    """Return whether an element is a control. A drawing with a number may be a chart, and a table has its figures."""
    has_figures = node.tag == "svg" or next(node.iter("table"), None) is not None
    return (node.tag in _CONTROLS or node.get("role") in {"navigation", "search"}) and not (
        has_figures and re.search(r"\d", "".join(node.itertext()))
    )


def _is_known(line: Line) -> bool:
    """Return whether a line is a label, or one that any site prints, such as the notice about cookies."""
    return line.is_label or line.is_footer or _is_notice(line)


def _is_notice(line: Line) -> bool:
    return len(line.text) <= _LONGEST_NOTICE and "£" not in line.text and _NOTICE.search(line.text) is not None


def _path(node: html.HtmlElement) -> str:
    return "/".join(["", *(above.tag for above in reversed([*node.iterancestors()])), node.tag])
