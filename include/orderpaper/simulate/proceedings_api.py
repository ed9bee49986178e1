"""The routes of the oral-questions and Hansard APIs, of TheyWorkForYou and of a press blog, with their quirks."""

import calendar
import datetime as dt
import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orderpaper.simulate.member_payloads import at_midnight
from orderpaper.simulate.people import HOUSES
from orderpaper.simulate.query import BadRequestError, Query, date, integer_or_none, last
from orderpaper.simulate.upstream import Json, Post, Span, Upstream

ORAL_PAGE_LIMIT = 100
ORAL_PAGE_DEFAULT = 25
FEED_PAGE = 10
BLOG = "https://homeofficemedia.blog.gov.uk"
"""Where the blog says it is, wherever it is served."""
_HOUSES = {name: house for house, name in HOUSES.items()}


@dataclass(frozen=True, slots=True)
class Page:
    """An answer that is not JSON."""

    body: bytes
    media_type: str


class ProceedingsApi:
    """Answers requests; has no state."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self.routes: tuple[tuple[str, Callable[..., Any]], ...] = (
            (r"/oralquestions/list", self._oral_questions),
            (r"/overview/calendar\.json", self._calendar),
            (r"/overview/sectionsforday\.json", self._sections),
            (r"/overview/sectiontrees\.json", self._trees),
            (r"/debates/debate/([0-9A-Za-z-]+)\.json", self._debate),
            (r"/pwdata/scrapedxml/debates", self._hansard_files),
            (r"/pwdata/scrapedxml/debates/(debates[0-9a-z-]+\.xml)", self._hansard_file),
            (r"/feed/atom", self._feed),
            (r"((?:/\d{4}/\d\d/\d\d)?/[a-z0-9-]+)", self._post),
        )

    def _oral_questions(self, query: Query) -> Json:
        """The list. A name without the prefix `parameters.` is ignored silently, as upstream does."""
        days = Span(date(query, "parameters.answeringdatestart"), date(query, "parameters.answeringdateend"))
        kind = {"substantive": 1, "topical": 2}.get((last(query, "parameters.questiontype") or "").lower())
        skip = max(0, integer_or_none(query, "parameters.skip") or 0)
        take = min(integer_or_none(query, "parameters.take") or ORAL_PAGE_DEFAULT, ORAL_PAGE_LIMIT)
        rows = [row for row in self._upstream.oral_questions(days) if kind in (None, row["QuestionType"])]
        paging = {
            "Skip": skip,
            "Take": take,
            "Total": len(rows),
            "GlobalTotal": len(rows),
            "StatusCounts": [],
            "GlobalStatusCounts": [],
        }
        return {
            "PagingInfo": paging,
            "StatusCode": 200,
            "Success": True,
            "Errors": [],
            "Response": rows[skip : skip + take],
        }

    def _calendar(self, query: Query) -> list[Json]:
        """The days of a month on which a House sat, as far as there is a report of them."""
        year, month = integer_or_none(query, "year"), integer_or_none(query, "month")
        name = last(query, "house") or ""
        if year is None or month is None or month not in range(1, 13) or name not in _HOUSES:
            raise BadRequestError("The year, month and house fields are required.")
        days = [dt.date(year, month, number) for number in range(1, calendar.monthrange(year, month)[1] + 1)]
        return [
            {"House": name, "ItemDate": at_midnight(day), "Metadata": None}
            for day in days
            if self._upstream.hansard_sections(day, _HOUSES[name])
        ]

    def _sections(self, query: Query) -> list[str]:
        day, house = date(query, "date"), _HOUSES.get(last(query, "house") or "")
        return list(self._upstream.hansard_sections(day, house)) if day and house else []

    def _trees(self, query: Query) -> list[Json]:
        day, house = date(query, "date"), _HOUSES.get(last(query, "house") or "")
        if day is None or house is None:
            raise BadRequestError("The date and house fields are required.")
        return list(self._upstream.hansard_trees(day, house, last(query, "section") or ""))

    def _debate(self, _: Query, external_id: str) -> Json | None:
        return self._upstream.hansard_debate(external_id)

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

    def _feed(self, query: Query) -> Page | None:
        """The newest posts; further ones with `paged`, as WordPress has it, and none after the last page."""
        number = integer_or_none(query, "paged") or 1
        posts = self._upstream.blog_posts((number - 1) * FEED_PAGE, FEED_PAGE)
        if not posts and number > 1:
            return None
        updated = max((f"{post.updated_at:%Y-%m-%dT%H:%M:%SZ}" for post in posts), default="2014-01-01T00:00:00Z")
        entries = "".join(map(_entry, posts))
        feed = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"'
            f' xml:lang="en-GB" xml:base="{BLOG}/wp-atom.php">\n'
            '<title type="text">Home Office in the media</title>\n'
            f'<updated>{updated}</updated>\n<link rel="alternate" type="text/html" href="{BLOG}" />\n'
            f"<id>{BLOG}/feed/atom/</id>\n"
            f'<link rel="self" type="application/atom+xml" href="{BLOG}/feed/atom/" />\n{entries}</feed>\n'
        )
        return Page(feed.encode(), "application/atom+xml; charset=UTF-8")

    def _post(self, _: Query, path: str) -> Page | None:
        post = self._upstream.blog_post(f"{path}/")
        return None if post is None else Page(_page(post).encode(), "text/html; charset=UTF-8")


def _entry(post: Post) -> str:
    escaped = html.escape
    return (
        f"<entry>\n<author><name>{escaped(post.author)}</name></author>\n"
        f'<title type="html">{escaped(escaped(post.title, quote=False))}</title>\n'
        f'<link rel="alternate" type="text/html" href="{BLOG}{post.path}" />\n'
        f"<id>{BLOG}/?p={int(post.published_at.timestamp())}</id>\n"
        f"<updated>{post.updated_at:%Y-%m-%dT%H:%M:%SZ}</updated>\n"
        f"<published>{post.published_at:%Y-%m-%dT%H:%M:%SZ}</published>\n"
        f'<category scheme="{BLOG}" term="{escaped(post.category)}" />\n'
        f'<content type="html" xml:base="{BLOG}{post.path}">{escaped(post.body, quote=False)}</content>\n</entry>\n'
    )


def _page(post: Post) -> str:
    title, day = html.escape(post.title, quote=False), post.published_at
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>{title} - Home Office in the media</title></head>
<body>
<a href="#content">Skip to main content</a>
<header><p>Home Office in the media</p><nav><a href="{BLOG}/page/2/">Older posts</a></nav></header>
<main id="content" role="main">
<article class="post type-post hentry">
<header>
<h1 class="entry-title">{title}</h1>
<div class="entry-meta">
<span>Posted by: </span><span class="author">{html.escape(post.author)}</span>,
<span>Posted on:</span> <time class="updated" datetime="{day:%Y-%m-%dT%H:%M:%S+00:00}">{day.day} {day:%B %Y}</time>
- <span>Categories:</span> <a href="{BLOG}/category/news/" rel="category tag">{html.escape(post.category)}</a>
</div>
</header>
<div class="entry-content">
{post.body}
</div>
<footer><p class="tags">Tags: <a href="{BLOG}/tag/news/" rel="tag">news</a></p>
<p>Sharing and comments</p></footer>
</article>
</main>
<footer><p>© Crown copyright</p></footer>
</body>
</html>
"""
