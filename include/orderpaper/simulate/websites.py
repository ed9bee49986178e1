"""Sites that are no APIs, over an upstream: departments' press blogs, TheyWorkForYou's files, third parties' pages."""

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orderpaper.catalogue import load_sources
from orderpaper.simulate.query import Query, integer_or_none, parse_date
from orderpaper.simulate.upstream import Post, Upstream

FEED_PAGE = 10
HTML = "text/html; charset=UTF-8"
_OWN = load_sources()["press_blog"]
_BLOGS = {site.name: (site.title, site.base_url) for site in _OWN.further_sites} | {
    "": ("Home Office in the media", str(_OWN.base_url))
}
"""Name of a blog → its title, and where it says it is, wherever it is served."""
_BELOW = "|".join(name for name in _BLOGS if name)
_ROBOTS = "User-agent: *\nDisallow: /search\nAllow: /\n"


@dataclass(frozen=True, slots=True)
class Page:
    """An answer that is not JSON."""

    body: bytes
    media_type: str


class Websites:
    """Answers requests; has no state."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self.routes: tuple[tuple[str, Callable[..., Any]], ...] = (
            (r"/robots\.txt", lambda _: Page(_ROBOTS.encode(), "text/plain")),
            (r"/pwdata/scrapedxml/debates", self._hansard_files),
            (r"/pwdata/scrapedxml/debates/(debates[0-9a-z-]+\.xml)", self._hansard_file),
            (r"/written-questions/(\d{4}-\d\d-\d\d)", self._listing),
            (r"/debates/(\d{4}-\d\d-\d\d)", self._digests),
            (r"/debates/(\d{4}-\d\d-\d\d)/(\d{1,3})", self._digest),
            (rf"(?:/({_BELOW}))?/feed/atom", self._feed),
            (rf"(?:/({_BELOW}))?((?:/\d{{4}}/\d\d/\d\d)?/[a-z0-9-]+)", self._post),
        )

    def _hansard_files(self, _: Query) -> Page:
        """TheyWorkForYou's days, as a web server lists a folder."""
        rows = "".join(f'<tr><td><a href="{name}">{name}</a></td></tr>\n' for name in self._upstream.hansard_files())
        title = "Index of /pwdata/scrapedxml/debates"
        head = f"<html>\n<head><title>{title}</title></head>\n<body><h1>{title}</h1>\n"
        page = f"{head}<table>\n{rows}</table></body></html>\n"
        return Page(page.encode(), "text/html;charset=UTF-8")

    def _hansard_file(self, _: Query, name: str) -> Page | None:
        body = self._upstream.hansard_files().get(name)
        return None if body is None else Page(body, "application/xml")

    def _listing(self, _: Query, day: str) -> Page | None:
        text = self._upstream.question_listing(parse_date(day))
        return None if text is None else _prose(f"Written questions answered on {day}", text)

    def _digests(self, _: Query, day: str) -> Page | None:
        """The index of a day's digests."""
        digests = self._upstream.debate_digests(parse_date(day))
        links = [f'<a href="/debates/{day}/{nth}">{_title(text)}</a>' for nth, text in enumerate(digests)]
        return _page(f"Debates of {day}", "".join(f"<p>{link}</p>\n" for link in links)) if links else None

    def _digest(self, _: Query, day: str, nth: str) -> Page | None:
        text = dict(enumerate(self._upstream.debate_digests(parse_date(day)))).get(int(nth))
        return None if text is None else _prose(f"A debate of {day}", text)

    def _feed(self, query: Query, blog: str | None) -> Page | None:
        """The newest posts; further ones with `paged`, as WordPress has it, and none after the last page."""
        number = integer_or_none(query, "paged") or 1
        posts = self._upstream.blog_posts(blog or "", (number - 1) * FEED_PAGE, FEED_PAGE)
        if not posts and number > 1:
            return None
        updated = max((f"{post.updated_at:%Y-%m-%dT%H:%M:%SZ}" for post in posts), default="2014-01-01T00:00:00Z")
        title, url = _BLOGS[blog or ""]
        entries = "".join(_entry(post, url) for post in posts)
        feed = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"'
            f' xml:lang="en-GB" xml:base="{url}/wp-atom.php">\n'
            f'<title type="text">{title}</title>\n'
            f'<updated>{updated}</updated>\n<link rel="alternate" type="text/html" href="{url}" />\n'
            f"<id>{url}/feed/atom/</id>\n"
            f'<link rel="self" type="application/atom+xml" href="{url}/feed/atom/" />\n{entries}</feed>\n'
        )
        return Page(feed.encode(), "application/atom+xml; charset=UTF-8")

    def _post(self, _: Query, blog: str | None, path: str) -> Page | None:
        post = self._upstream.blog_post(blog or "", f"{path}/")
        return None if post is None else Page(_post_page(post, *_BLOGS[blog or ""]).encode(), HTML)


def _entry(post: Post, url: str) -> str:
    escaped = html.escape
    return (
        f"<entry>\n<author><name>{escaped(post.author)}</name></author>\n"
        f'<title type="html">{escaped(escaped(post.title, quote=False))}</title>\n'
        f'<link rel="alternate" type="text/html" href="{url}{post.path}" />\n'
        f"<id>{url}/?p={int(post.published_at.timestamp())}</id>\n"
        f"<updated>{post.updated_at:%Y-%m-%dT%H:%M:%SZ}</updated>\n"
        f"<published>{post.published_at:%Y-%m-%dT%H:%M:%SZ}</published>\n"
        f'<category scheme="{url}" term="{escaped(post.category)}" />\n'
        f'<content type="html" xml:base="{url}{post.path}">{escaped(post.body, quote=False)}</content>\n</entry>\n'
    )


def _post_page(post: Post, blog: str, url: str) -> str:
    title, day = html.escape(post.title, quote=False), post.published_at
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>{title} - {blog}</title></head>
<body>
<a href="#content">Skip to main content</a>
<header><p>{blog}</p><nav><a href="{url}/page/2/">Older posts</a></nav></header>
<main id="content" role="main">
<article class="post type-post hentry">
<header>
<h1 class="entry-title">{title}</h1>
<div class="entry-meta">
<span>Posted by: </span><span class="author">{html.escape(post.author)}</span>,
<span>Posted on:</span> <time class="updated" datetime="{day:%Y-%m-%dT%H:%M:%S+00:00}">{day.day} {day:%B %Y}</time>
- <span>Categories:</span> <a href="{url}/category/news/" rel="category tag">{html.escape(post.category)}</a>
</div>
</header>
<div class="entry-content">
{post.body}
</div>
<footer><p class="tags">Tags: <a href="{url}/tag/news/" rel="tag">news</a></p>
<p>Sharing and comments</p></footer>
</article>
</main>
<footer><p>© Crown copyright</p></footer>
</body>
</html>
"""


def _prose(title: str, text: str) -> Page:
    """A third party's page with a text in it, a paragraph a line."""
    return _page(title, "".join(f"<p>{html.escape(line, quote=False)}</p>\n" for line in text.split("\n")))


def _page(title: str, content: str) -> Page:
    page = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{title}</title></head>\n<body>\n'
        '<nav><a href="/search">Search</a></nav>\n'
        f"<main>\n{content}</main>\n<footer><p>Made by volunteers.</p></footer>\n</body>\n</html>\n"
    )
    return Page(page.encode(), HTML)


def _title(text: str) -> str:
    """The first line of a digest that is not navigation."""
    return html.escape(next(line for line in text.split("\n") if line and not line.startswith("←")), quote=False)
