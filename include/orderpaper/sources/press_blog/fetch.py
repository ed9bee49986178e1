"""Fetch a press blog: its feed, back to the days that are wanted, and the page of each post of those days."""

import datetime as dt
from urllib.parse import urlsplit

from orderpaper.errors import ParseError, UpstreamError
from orderpaper.http import ATOM, Client, Format
from orderpaper.landing import Window
from orderpaper.reading.dates import LONDON
from orderpaper.sources import Found
from orderpaper.sources.press_blog.payload import Entry, Feed, read_feed

POST = Format("a post", frozenset({"text/html", "application/xhtml+xml"}), b"</article>")


PASSES = 4
MOST_PAGES = 1000
"""A feed with more pages is not read. The blog of the Home Office has about 500 of ten posts."""


def fetch(window: Window, client: Client) -> Found:
    """Land the feed, and every post that appeared or changed in the window, by the day in London.

    The feed lists the newest posts first and is paged as WordPress pages it. A post that has landed is requested again
    when the time of its last change is different. A post that is deleted while the feed is read moves another one over
    the boundary of two pages. So a feed of several pages is read until two passes give the same posts.

    Raises:
        UpstreamError: the blog did not answer, returned something other than a feed and its own posts, or its feed has
            no end.
    """
    before: set[str] | None = None
    for number in range(PASSES):
        posts, page_count = _read_once(window, client, is_repeat=number > 0)
        if page_count <= 1 or posts == before:
            return Found()
        before = posts
    raise UpstreamError(
        f"press_blog: the feed of {client.public_url} gave other posts in each of {PASSES} passes; try again later."
    )


def _read_once(window: Window, client: Client, *, is_repeat: bool) -> tuple[set[str], int]:
    """Land the feed back to the first day, and its posts; return their ids, and how many pages have posts."""
    found: set[str] = set()
    for number in range(1, MOST_PAGES + 1):
        feed = _feed(client, number, is_repeat=is_repeat)
        if feed is None or not feed.entries:
            return found, number - 1
        if found.issuperset(feed.names):
            raise UpstreamError(
                f"press_blog: page {number} of the feed of {client.public_url} has the posts of the pages before; it"
                " seems to ignore the parameter paged."
            )
        found.update(feed.names)
        for entry in feed.entries:
            if any(window.start_on <= _day(moment) <= window.end_on for moment in (entry.published, entry.updated)):
                client.get(_path(client, entry), [], due=POST, kind="post", state=entry.updated.isoformat())
        if all(_day(entry.published) < window.start_on for entry in feed.entries):
            return found, number
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
    return moment.astimezone(LONDON).date()


def _path(client: Client, entry: Entry) -> str:
    """Return the path of a post on the blog's site.

    Raises:
        UpstreamError: the feed links to another site.
    """
    link = urlsplit(entry.link)
    own = {urlsplit(address).netloc for address in (client.base_url, client.public_url)}
    if link.netloc not in own or not link.path.startswith("/") or link.query:
        raise UpstreamError(
            f"press_blog: the feed's entry {entry.id} links to {entry.link}, which is no post of the blog"
        )
    return link.path
