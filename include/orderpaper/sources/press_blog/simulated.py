"""Departments' press blogs in the simulated world: two posts each working day, with what was in the papers.

They are served as a feed and as pages, and some are saved in the inbox.
"""

import datetime as dt
import functools
import html
import itertools
import random
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from orderpaper.catalogue import load_sources
from orderpaper.reading.dates import LONDON
from orderpaper.simulate import sittings
from orderpaper.simulate.departments import Department, Topic, departments
from orderpaper.simulate.figures import financial_year, millions, qualified
from orderpaper.simulate.pages import HTML
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.part import Page, Part, Route
from orderpaper.simulate.people import COMMONS, Member, People
from orderpaper.simulate.query import Query, integer_or_none

FEED_PAGE = 10
_BODIES = {"": 1, "deframedia": 13, "modmedia": 11}
"""Name of a blog, as `source.yml` has it, and "" for the source's own → Parliament's id of its department."""
_PER_DAY = 2
_SLUG = re.compile(r"(?:/\d{4}/\d\d/\d\d)?/[a-z0-9-]+-(?P<day>\d{8})-(?P<nth>\d)/")

_INTRODUCTION = (
    "Today’s {department} stories include coverage of {subject}, and of the {programme}.",
    "Several papers report this morning on {subject}.",
)
_COVERAGE = (
    "There is broad coverage of new figures on {subject}, and of what {recipients} make of them.",
    "Local papers report that {recipients} are to receive {amount} from the {programme}.",
    "Broadcasters spoke to people who have waited for the {programme} to open.",
)
_QUOTED = (
    "Nobody should have to wait for years because {recipients} lack the means to help.",
    "That is why we are investing {amount} in the {programme}, and why {more} of it will be spent by the end of {fy}.",
    "We are working with {recipients} in every part of the country, and we will publish what we find.",
    "There is more to do, and we will do it.",
)
_PHRASE = (
    "{minister} was interviewed on breakfast radio, where {he} said that the delays were “simply not good enough”.",
    "The {post}, {minister}, told reporters that “every penny will be accounted for”.",
)
_UNKNOWN = "Ottoline Gascoyne-Peel"
"""A name that nobody in the register has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Post:
    """A post: its path, the times when it appeared and last changed (UTC), and the content of its page."""

    path: str
    title: str
    author: str
    category: str
    published_at: dt.datetime
    updated_at: dt.datetime
    body: str
    """HTML."""


def simulated(parliament: SimulatedParliament, _faults: Set[str]) -> Part:
    """Return the blogs of the simulated world, each below the name that `source.yml` gives it."""
    source = load_sources()["press_blog"]
    sites = {site.name: (site.title, site.base_url) for site in source.further_sites}
    sites |= {"": ("Home Office in the media", str(source.base_url))}
    blogs = {name: Blog(parliament, body, *sites[name]) for name, body in _BODIES.items()}
    below = rf"(?:/({'|'.join(name for name in blogs if name)}))?"
    routes: list[Route] = [
        (rf"{below}/feed/atom", lambda query, name: blogs[name or ""].feed(query)),
        (rf"{below}((?:/\d{{4}}/\d\d/\d\d)?/[a-z0-9-]+)", lambda _, name, path: blogs[name or ""].page(path)),
    ]
    return Part(routes=routes)


def saved(rng: random.Random, parliament: SimulatedParliament, first: dt.date, last: dt.date) -> list[str]:
    """Return five posts as a person would save them."""
    days = parliament.sitting_days(first, last)
    return [_saved_post(rng, parliament.people, rng.choice(days), nth) for nth in range(5)]


class Blog:
    """The press blog of one department, with its title and its public address."""

    def __init__(self, parliament: SimulatedParliament, answering_body_id: int, title: str, url: str) -> None:
        self.title = title
        self.url = url
        self._parliament = parliament
        self._people = parliament.people
        self._as_of = parliament.as_of
        self._department = next(d for d in departments() if d.answering_body_id == answering_body_id)
        self._post = functools.lru_cache(maxsize=256)(self._write)

    def posts(self, first: int, count: int) -> Sequence[_Post]:
        """Return at most `count` posts, the newest first, without the `first` newest."""
        days = (self._as_of - dt.timedelta(n) for n in range((self._as_of - sittings.OPENED_ON).days + 1))
        places = ((day, nth) for day in days if day.weekday() < 5 for nth in reversed(range(_PER_DAY)))
        return [self._post(*place) for place in itertools.islice(places, first, first + count)]

    def post(self, path: str) -> _Post | None:
        """Return the post at a path, which ends in a slash."""
        match = _SLUG.fullmatch(path)
        if not match:
            return None
        try:
            day = dt.datetime.strptime(match["day"], "%Y%m%d").date()
        except ValueError:
            return None
        if day > self._as_of or day < sittings.OPENED_ON or day.weekday() > 4 or int(match["nth"]) >= _PER_DAY:
            return None
        post = self._post(day, int(match["nth"]))
        return post if post.path == path else None

    def feed(self, query: Query) -> Page | None:
        """Return the newest posts or, with `paged`, older ones. As in WordPress, only the first page may be empty."""
        number = integer_or_none(query, "paged") or 1
        posts = self.posts((number - 1) * FEED_PAGE, FEED_PAGE)
        if not posts and number > 1:
            return None
        updated = max((f"{post.updated_at:%Y-%m-%dT%H:%M:%SZ}" for post in posts), default="2014-01-01T00:00:00Z")
        entries = "".join(_entry(post, self.url) for post in posts)
        feed = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"'
            f' xml:lang="en-GB" xml:base="{self.url}/wp-atom.php">\n'
            f'<title type="text">{self.title}</title>\n'
            f'<updated>{updated}</updated>\n<link rel="alternate" type="text/html" href="{self.url}" />\n'
            f"<id>{self.url}/feed/atom/</id>\n"
            f'<link rel="self" type="application/atom+xml" href="{self.url}/feed/atom/" />\n{entries}</feed>\n'
        )
        return Page(feed.encode(), "application/atom+xml; charset=UTF-8")

    def page(self, path: str) -> Page | None:
        """Return the page of a post."""
        post = self.post(f"{path}/")
        return Page(_post_page(post, self.title, self.url).encode(), HTML) if post else None

    def _write(self, day: dt.date, nth: int) -> _Post:
        """Return the `nth` post of a day. Some permalinks have a date, and some posts change the day after.

        The first post of a day appears a minute after midnight in London, which in summer is the day before in UTC.
        """
        rng = self._parliament.dice(day, nth, f"post {self._department.name}")
        topics = rng.sample(self._department.topics, 2)
        slug = f"{re.sub('[^a-z]+', '-', topics[0].programme.lower()).strip('-')}-{day:%Y%m%d}-{nth}"
        hour = dt.time(9, 15) if nth else dt.time(0, 1)
        published_at = dt.datetime.combine(day, hour, LONDON).astimezone(dt.UTC)
        changes = rng.random() < 0.2 and day < self._as_of
        return _Post(
            path=f"/{day:%Y/%m/%d}/{slug}/" if rng.random() < 0.7 else f"/{slug}/",
            title=f"{self._department.name} in the media: {day:%A} {day.day} {day:%B}",
            author="Press office",
            category=rng.choice(("Leading stories", "Fact check", "Speeches & letters")),
            published_at=published_at,
            updated_at=published_at + dt.timedelta(hours=3 + 21 * changes),
            body=self._body(rng, day, topics),
        )

    def _body(self, rng: random.Random, day: dt.date, topics: list[Topic]) -> str:
        ministers = self._people.ministers(self._department.answering_body_id, COMMONS, day)
        parts = [_paragraph(_fill(rng, rng.choice(_INTRODUCTION), self._department, topics[0], day))]
        for number, topic in enumerate(topics):
            parts.append(f"<h2>{html.escape(topic.heading.replace(':', ' and'), quote=False)}</h2>")
            parts += [_paragraph(_fill(rng, text, self._department, topic, day)) for text in rng.sample(_COVERAGE, 2)]
            minister = ministers[number % len(ministers)]
            parts.append(_paragraph(f"{self._speaker(minister, day, self._department)} said:"))
            quoted = [
                _paragraph(_fill(rng, text, self._department, topic, day)) for text in _QUOTED[number : number + 3]
            ]
            parts.append(f"<blockquote>{''.join(quoted)}</blockquote>")
            parts.append(_paragraph(_fill(rng, _COVERAGE[2], self._department, topic, day)))
        return "\n".join(parts)

    def _speaker(self, minister: Member, day: dt.date, department: Department) -> str:
        post = self._people.post_of(minister.member_id, department.answering_body_id, day).partition(" (")[0]
        return f"{post} {minister.name_on(day).display}"


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text, quote=False)}</p>"


def _entry(post: _Post, url: str) -> str:
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


def _post_page(post: _Post, blog: str, url: str) -> str:
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


def _saved_post(rng: random.Random, people: People, day: dt.date, nth: int) -> str:
    """Return the `nth` post of a series as it is saved. Every fifth has its day in the title only."""
    department = rng.choice(departments()[:12])
    topics = rng.sample(department.topics, 2)
    site = f"{department.name} in the media"
    title = f"{site} blog: {day:%A} {day.day} {day:%B}" + ("" if nth % 2 else f" {day.year}")
    posted_on = "" if nth % 5 == 4 else f" {day.day} {day:%B %Y}"
    author = "" if nth % 2 else "Press office"
    parts = [
        f"Skip to main content\n{site}",
        title,
        f"Posted by: {author}, Posted on:{posted_on} - Categories: Leading stories",
        site,
        _fill(rng, rng.choice(_INTRODUCTION), department, topics[0], day),
    ]
    ministers = people.ministers(department.answering_body_id, COMMONS, day)
    for number, topic in enumerate(topics):
        minister = ministers[number % len(ministers)]
        name = _UNKNOWN if nth == 3 and number else minister.name_on(day).display
        post = people.post_of(minister.member_id, department.answering_body_id, day).partition(" (")[0]
        parts.append(topic.heading.replace(":", " and"))
        parts += [_fill(rng, sentence, department, topic, day) for sentence in rng.sample(_COVERAGE, 2)]
        if number:
            he = "she" if minister.gender == "F" else "he"
            parts.append(rng.choice(_PHRASE).format(minister=name, he=he, post=post))
            parts.append(f"A {department.name} spokesperson said:")
        else:
            parts.append(f"{post} {name} said:")
        parts += [_fill(rng, sentence, department, topic, day) for sentence in _QUOTED[number : number + 3]]
    return "\n\n".join(parts) + "\n\n\nSharing and comments\n\nShare this page"


def _fill(rng: random.Random, sentence: str, department: Department, topic: Topic, day: dt.date) -> str:
    """Return a sentence with the words of the topic and some sums put in."""
    return sentence.format(
        department=department.name,
        **topic.words,
        amount=qualified(rng),
        more=millions(rng),
        fy=financial_year(day, 1),
    )
