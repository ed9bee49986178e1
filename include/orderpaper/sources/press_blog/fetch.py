"""Fetch a press blog: its feed, back to the days that are wanted, and the page of each post of those days."""

import datetime as dt
from urllib.parse import urlsplit

from orderpaper.errors import ParseError, UpstreamError
from orderpaper.http import Client, Format
from orderpaper.landing import Window
from orderpaper.sources import Found
from orderpaper.sources.press_blog.page import LONDON
from orderpaper.sources.press_blog.payload import Entry, Feed, read_feed

ATOM = Format("Atom", frozenset({"application/atom+xml", "application/xml", "text/xml"}), b"</feed>")
POST = Format("a post", frozenset({"text/html", "application/xhtml+xml"}), b"</article>")


def fetch(window: Window, client: Client) -> Found:
    """Land the feed, and every post that appeared or changed in the window, by the day in London.

    The feed lists the newest posts first and is paged as WordPress pages it. A post that has landed is requested again
    when the time of its last change is different.

    Raises:
        UpstreamError: the blog did not answer, or returned something other than a feed and its own posts.
    """
    number, feed = 1, _feed(client, 1)
    while feed and feed.entries:
        for entry in feed.entries:
            if any(_day(moment) in window for moment in (entry.published, entry.updated)):
                client.get(_path(client, entry), [], due=POST, kind="post", state=entry.updated.isoformat())
        if all(_day(entry.published) < window.start_on for entry in feed.entries):
            break
        number += 1
        feed = _feed(client, number)
    return Found()


def _feed(client: Client, number: int) -> Feed | None:
    """Return a page of the feed, or None if there are no more pages."""
    params: list[tuple[str, str | int]] = [("paged", number)] if number > 1 else []
    landed = client.get("/feed/atom/", params, due=ATOM, kind="feed", is_optional=number > 1)
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
