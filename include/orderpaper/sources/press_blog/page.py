"""Read a post's page of blog.gov.uk: its title, its day, and its body with headings and quotations."""

import datetime as dt
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
from lxml.html import HtmlElement

from orderpaper.errors import ParseError
from orderpaper.reading.apart import hide, is_of_site, sentences
from orderpaper.reading.dates import LONDON, find_days
from orderpaper.reading.lines import content_lines
from orderpaper.reading.markup import element_text, html_to_text
from orderpaper.reading.page import page_root
from orderpaper.reading.pieces import Piece, is_telling, nodes_of
from orderpaper.sources.press_blog.sections import Section, split_sections

LARGEST = 2_000_000
"""In characters. A post's page has about 50,000."""
MOST_TAGS = 100_000
"""A post's page has about 1,000. Reading one of 333,000 took 312 MB."""
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
LEFT_OUT = dict.fromkeys(("script", "style", "template", "noscript", "head"), "a reader does not see it")
_CANONICAL = re.compile(r"<link\b[^<>]*\brel=.?canonical\b[^<>]*>", re.IGNORECASE)
"""Matches the link with which a page says what its address is."""
_HREF = re.compile(r"\bhref=[\"']?(?P<address>[^\"'\s>]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A post. `text` is its title and body, one line per block; `quoted` holds the line numbers of block quotations.

    `pictures` holds those of the texts that stand for a picture: they are lines of their own, and nobody says them.
    `pieces` are the text nodes of the body, and the sentences beside it in the post's article. The header and footer of
    the site and of the article, which has the author, the categories and the tags, and the comments are left out.
    """

    title: str
    published_on: dt.date
    text: str
    sections: list[Section]
    quoted: frozenset[int]
    pictures: frozenset[int]
    pieces: tuple[Piece, ...]


def read_page(body: bytes, url: str | None = None) -> Page:
    """Return the post on a page.

    Args:
        body: the page.
        url: the address that was asked for, if it was fetched.

    Raises:
        ParseError: the page says that it has another address, a part that every post has is missing or repeated, the
            time is not valid, or there is no text.
    """
    try:
        markup = body.decode()
    except UnicodeDecodeError as error:
        raise ParseError(f"the page is not UTF-8: {error.reason} at byte {error.start}") from error
    if len(markup) > LARGEST:
        raise ParseError(f"the page has {len(markup):,} characters; no post comes near {LARGEST:,}")
    if (tag_count := markup.count("<")) > MOST_TAGS:
        raise ParseError(f"the page has {tag_count:,} tags; no post comes near {MOST_TAGS:,}")
    if url is not None and not is_page_of(markup, url):
        raise ParseError(f"{url} was asked for, and the site gave a page that says that it has another address")
    root = page_root(markup)  # raises if elements are nested too deep for the recursion below
    article = _only(BeautifulSoup(markup, "lxml"), "main#content article.hentry")
    title = " ".join(html_to_text(_only(article, ":scope > header h1").decode_contents()).split())
    published_on = _published_on(article)
    lines = [title]
    marked: dict[str, set[int]] = {kind: set() for kind in ("heading", "quote", "picture", "text")}
    for kind, block in _blocks(_only(article, "div.entry-content"), "text"):
        text = html_to_text(block)
        for line in [" ".join(text.split())] if kind == "heading" else text.split("\n"):
            if line:
                lines.append(line)
                marked[kind].add(len(lines))
    text = "\n".join(lines)
    pictures = frozenset(marked["picture"])
    sections = _sections(text, marked["heading"], pictures)
    if not sections:
        raise ParseError(f"the post “{title}” has no text")
    pieces = [piece for body in root.find_class("entry-content") for piece in nodes_of(body, LEFT_OUT)]
    pieces += _beside(root)
    return Page(title, published_on, text, sections, frozenset(marked["quote"]), pictures, tuple(pieces))


def _beside(root: HtmlElement) -> list[Piece]:
    """Return the sentences of the post's article that are neither in its body nor in its header or footer.

    Raises:
        ParseError: the page has another article with a title, which may be another post.
    """
    pieces: list[Piece] = []
    for article in root.xpath("//main[@id='content']//article[not(ancestor::article)]"):
        if "hentry" in (article.get("class") or "").split():
            body = [*article.iterchildren("header", "footer"), *article.find_class("entry-content")]
            for part in [*body, *filter(is_of_site, article.iter())]:
                hide(part)
            pieces += sentences("//article", element_text(article))
        elif titles := article.xpath(".//h1"):
            raise ParseError(f"the page has another article beside the post, “{element_text(titles[0])}”")
    return pieces


def is_page_of(markup: str, url: str) -> bool:
    """Return whether a page is at an address, as far as it says where it is."""
    link = _CANONICAL.search(markup)
    own = _HREF.search(link[0]) if link else None
    return own is None or _path(html.unescape(own["address"])) == _path(url)


def _path(address: str) -> str:
    return urlsplit(address).path.strip("/").casefold()


def _only(within: Tag, selector: str) -> Tag:
    found = within.select(selector)
    if len(found) != 1:
        raise ParseError(f"the page has {len(found)} of {selector} where a post has one")
    return found[0]


def _published_on(article: Tag) -> dt.date:
    """Return the day that the page's times name: in London, where 23:01 UTC in summer is the next day.

    A time without an offset is UTC. The day that is printed may be that of London or that of the offset.

    Raises:
        ParseError: there is no time, one is not valid, or the days differ.
    """
    days: set[dt.date] = set()
    for time in article.select("time.updated[datetime]"):
        try:
            moment = dt.datetime.fromisoformat(str(time["datetime"]))
            moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
            day = moment.astimezone(LONDON).date()
        except (ValueError, OverflowError) as error:
            raise ParseError(f"the page's time.updated[datetime] is no time: {str(time['datetime'])!r}") from error
        for printed in find_days(" ".join(time.get_text(" ").split())):
            if printed.year is not None and printed.dated() not in (day, moment.date()):
                raise ParseError(f"the page prints {printed.as_printed} beside the time {time['datetime']}")
        days.add(day)
    if not days:
        raise ParseError("the page has no time.updated[datetime], which says when the post appeared")
    if len(days) > 1:
        raise ParseError(f"the page names several days: {', '.join(map(str, sorted(days)))}")
    return days.pop()


def _blocks(element: Tag, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the kind ("heading", "quote", "picture" or "text") and the markup of each part of a body, in order."""
    plain: list[str] = []
    for child in element.children:
        if not isinstance(child, Tag):
            plain.append("" if isinstance(child, PreformattedString) else html.escape(str(child), quote=False))
            continue
        if not _is_marked(child) and not child.find(_is_marked):
            plain.append(str(child))
            continue
        yield kind, "".join(plain)
        plain = []
        if child.name in _HEADINGS:
            yield "heading", child.decode_contents()
        elif child.name == "img":
            yield "picture", html.escape(" ".join(str(child["alt"]).split()), quote=False)
        else:
            yield from _blocks(child, "quote" if child.name == "blockquote" else kind)
    yield kind, "".join(plain)


def _is_marked(tag: Tag) -> bool:
    """Return whether an element is a heading, a quotation, or a picture whose text says more than a label."""
    return tag.name in (*_HEADINGS, "blockquote") or (tag.name == "img" and is_telling(str(tag.get("alt", ""))))


def _sections(text: str, headings: set[int], pictures: frozenset[int]) -> list[Section]:
    """Return the sections under the headings in the markup or, if there are none, under lines that look like headings.

    Two headings without text between them, such as a chapter's and its first section's, are joined into one.
    """
    lines = content_lines(text)[1:]
    if not headings:
        return split_sections(lines, pictures)
    sections = [Section(heading=None)]
    for line in lines:
        if line.number not in headings:
            sections[-1].lines.append(line)
        elif sections[-1].heading and not sections[-1].lines:
            sections[-1].heading += f": {line.text}"
        else:
            sections.append(Section(heading=line.text))
    return [section for section in sections if section.lines]
