"""Fetch a press blog: its feed, back to the days that are wanted, and the page of each post of those days."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from orderpaper.errors import ParseError, UpstreamError
from orderpaper.http import ATOM, Client, Format, Landed
from orderpaper.http.each import Each
from orderpaper.landing import Window
from orderpaper.reading.dates import day_of
from orderpaper.sources import Found
from orderpaper.sources.press_blog.page import is_page_of
from orderpaper.sources.press_blog.payload import Entry, Feed, read_feed

POST = Format("a post", frozenset({"text/html", "application/xhtml+xml"}), b"</article>")
PASSES = 4
MOST_PAGES = 1000
"""A feed with more pages is not read. The blog of the Home Office has about 500 of ten posts."""


@dataclass(slots=True)
class _Pass:
    """The entries that one pass over the pages of a feed finds."""

    names: set[str] = field(default_factory=set)
    wanted: dict[str, Entry] = field(default_factory=dict)
    """The address of each post of the window, with its entry."""
    page_count: int = 0


def fetch(window: Window, client: Client) -> Found:
    """Land the feed, and every post that appeared or changed in the window, by the day in London.

    The feed lists the newest posts first and is paged as WordPress pages it. A post that has landed is requested again
    when the time of its last change is different. A post that is deleted while the feed is read moves another one over
    the boundary of two pages. So a feed of several pages is read until two passes give the same posts.

    A few posts that do not come, or whose address is that of another site, do not keep the others from landing.

    Raises:
        UpstreamError: the blog did not answer, returned something other than a feed, does not give too many of its
            posts, or its feed has no end.
    """
    wanted = _read(window, client)
    posts = Each(client, "press_blog", client.public_url, partial(_post, client, wanted))
    posts.fetch({link: _day(entry.published) for link, entry in wanted.items()})
    return Found(when_whole=posts.save)


def _read(window: Window, client: Client) -> dict[str, Entry]:
    """Land the feed; return the posts of the window."""
    wanted: dict[str, Entry] = {}
    before: set[str] | None = None
    for number in range(PASSES):
        found = _read_once(window, client, is_repeat=number > 0)
        wanted |= found.wanted
        if found.page_count <= 1 or found.names == before:
            return wanted
        before = found.names
    raise UpstreamError(
        f"press_blog: the feed of {client.public_url} gave other posts in each of {PASSES} passes; try again later."
    )


def _read_once(window: Window, client: Client, *, is_repeat: bool) -> _Pass:
    """Land the feed back to the first day."""
    found = _Pass()
    for number in range(1, MOST_PAGES + 1):
        feed = _feed(client, number, is_repeat=is_repeat)
        if feed is None or not feed.names:
            return found
        if found.names.issuperset(feed.names):
            raise UpstreamError(
                f"press_blog: page {number} of the feed of {client.public_url} has the posts of the pages before; it"
                " seems to ignore the parameter paged."
            )
        found.names.update(feed.names)
        found.page_count = number
        for entry in feed.entries:
            if any(window.start_on <= _day(moment) <= window.end_on for moment in (entry.published, entry.updated)):
                found.wanted[entry.link] = entry
        if all(_day(entry.published) < window.start_on for entry in feed.entries):
            return found
    raise UpstreamError(f"press_blog: the feed of {client.public_url} has more than {MOST_PAGES} pages.")


def _feed(client: Client, number: int, *, is_repeat: bool) -> Feed | None:
    """Return a page of the feed, or None if there are no more pages."""
    params: list[tuple[str, str | int]] = [("paged", number)] if number > 1 else []
    landed = client.get("/feed/atom/", params, due=ATOM, kind="feed", is_optional=number > 1, is_repeat=is_repeat)
    if landed is None:
        return None
    try:
        return read_feed(landed.body)
    except ParseError as error:
        raise UpstreamError(f"press_blog: {landed.ref.url} is not a feed that can be read: {error}") from error


def _day(moment: dt.datetime) -> dt.date:
    return day_of(moment)


def _post(client: Client, wanted: Mapping[str, Entry], link: str) -> Landed | None:
    """Land the post at an address.

    Raises:
        UpstreamError: the address is that of another site, or the blog did not answer or gave another post.
    """
    parts = urlsplit(link)
    own = {urlsplit(address).netloc for address in (client.base_url, client.public_url)}
    if parts.netloc not in own or not parts.path.startswith("/") or parts.query:
        raise UpstreamError(f"press_blog: the feed links to {link}, which is no post of the blog")
    state = wanted[link].updated.isoformat() if link in wanted else None
    landed = client.get(parts.path, [], due=POST, kind="post", state=state, is_optional=True)
    if landed and not is_page_of(landed.body.decode(errors="replace"), link):
        raise client.reject(landed, f"asked for {link}, the blog gave a page that says that it has another address")
    return landed
