"""The words of an element as text."""

from typing import Any

from lxml import etree

from orderpaper.enrichment.people.attribution import Attribution, split_attribution
from orderpaper.errors import ParseError
from orderpaper.reading.markup import html_to_text
from orderpaper.sources.theyworkforyou.payload import WINDOWS


def text_of(element: Any) -> str:
    """Return the visible text of an element: a line for each paragraph, tabs between the cells of a table.

    Raises:
        ParseError: the markup is nested too deep.
    """
    markup = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return html_to_text(markup.translate(WINDOWS))


def check_words(element: Any, text: str) -> None:
    """Check that a question, an answer or a statement has words.

    Raises:
        ParseError: its text is empty.
    """
    if not text:
        raise ParseError(f"line {element.sourceline}: a {element.tag} has no words")


def line_of(element: Any) -> str:
    """Return the text of an element on one line."""
    return " ".join("".join(element.itertext()).translate(WINDOWS).split())


def speaker_of(element: Any) -> Attribution | None:
    """Return who speaks, asks or replies, or None if the element says that nobody does.

    Raises:
        ParseError: it says neither, or has an office without a name.
    """
    # A member whom the site does not know has a name, and nospeaker too.
    name, office = (element.get(what, "").translate(WINDOWS) for what in ("speakername", "speakeroffice"))
    if name:
        return split_attribution(f"{office} ({name})" if office and office != name else name)
    if office:
        raise ParseError(f"line {element.sourceline}: a {element.tag} has the office {office!r} and no speakername")
    if element.get("nospeaker") != "true":
        raise ParseError(f"line {element.sourceline}: a {element.tag} has neither speakername nor nospeaker")
    return None
