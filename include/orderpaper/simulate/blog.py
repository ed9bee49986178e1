"""Departments' press blogs of the simulated world: two posts each working day, with what was in the papers."""

import datetime as dt
import functools
import html
import random
import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from orderpaper.simulate import sittings
from orderpaper.simulate.departments import Department, Topic, departments
from orderpaper.simulate.dice import dice
from orderpaper.simulate.people import COMMONS, Member, People
from orderpaper.simulate.saved_posts import COVERAGE, INTRODUCTION, QUOTED, fill
from orderpaper.simulate.upstream import Post

BLOGS = {"": 1, "deframedia": 13, "modmedia": 11}
"""Name of a blog below the source's own, as `source.yml` has it → Parliament's id of its department."""
_PER_DAY = 2
_LONDON = ZoneInfo("Europe/London")
_SLUG = re.compile(r"(?:/\d{4}/\d\d/\d\d)?/[a-z0-9-]+-(?P<day>\d{8})-(?P<nth>\d)/")


class Blog:
    """The posts of one department and seed, as they stand on the day `as_of`."""

    def __init__(self, seed: int, people: People, as_of: dt.date, answering_body_id: int) -> None:
        self._seed = seed
        self._people = people
        self._as_of = as_of
        self._department = next(d for d in departments() if d.answering_body_id == answering_body_id)
        self._post = functools.lru_cache(maxsize=256)(self._write)

    def posts(self, first: int, count: int) -> Sequence[Post]:
        """The posts from the `first` newest on, at most `count`."""
        found: list[Post] = []
        day, skipped = self._as_of, 0
        while len(found) < count and day >= sittings.OPENED_ON:
            if day.weekday() < 5:
                if skipped + _PER_DAY <= first:
                    skipped += _PER_DAY
                else:
                    newest_first = [self._post(day, nth) for nth in reversed(range(_PER_DAY))]
                    found += newest_first[first - skipped :] if first > skipped else newest_first
                    skipped = max(skipped, first)
            day -= dt.timedelta(1)
        return found[:count]

    def post(self, path: str) -> Post | None:
        """The post at a path."""
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

    def _write(self, day: dt.date, nth: int) -> Post:
        """The `nth` post of a day. Some permalinks have a date, some have none; some posts change the day after.

        The first post of the day appears a minute after midnight in London, which in summer is the day before in UTC.
        """
        rng = dice(self._seed, day, nth, f"post {self._department.name}")
        topics = rng.sample(self._department.topics, 2)
        slug = f"{re.sub('[^a-z]+', '-', topics[0].programme.lower()).strip('-')}-{day:%Y%m%d}-{nth}"
        hour = dt.time(9, 15) if nth else dt.time(0, 1)
        published_at = dt.datetime.combine(day, hour, _LONDON).astimezone(dt.UTC)
        changes = rng.random() < 0.2 and day < self._as_of
        return Post(
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
        parts = [_paragraph(fill(rng, rng.choice(INTRODUCTION), self._department, topics[0], day))]
        for number, topic in enumerate(topics):
            parts.append(f"<h2>{html.escape(topic.heading.replace(':', ' and'), quote=False)}</h2>")
            parts += [_paragraph(fill(rng, text, self._department, topic, day)) for text in rng.sample(COVERAGE, 2)]
            minister = ministers[number % len(ministers)]
            parts.append(_paragraph(f"{self._speaker(minister, day, self._department)} said:"))
            quoted = [_paragraph(fill(rng, text, self._department, topic, day)) for text in QUOTED[number : number + 3]]
            parts.append(f"<blockquote>{''.join(quoted)}</blockquote>")
            parts.append(_paragraph(fill(rng, COVERAGE[2], self._department, topic, day)))
        return "\n".join(parts)

    def _speaker(self, minister: Member, day: dt.date, department: Department) -> str:
        post = self._people.post_of(minister.member_id, department.answering_body_id, day).partition(" (")[0]
        return f"{post} {minister.name_on(day).display}"


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text, quote=False)}</p>"
