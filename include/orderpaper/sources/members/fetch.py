"""Fetch the register of members: everyone who sits or has sat, their histories and their posts."""

import contextlib
import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial

import msgspec

from orderpaper.errors import UpstreamError
from orderpaper.http import Client, Landed, Params
from orderpaper.http.each import Each
from orderpaper.http.paging import Listed, read_page, read_whole
from orderpaper.landing import Window
from orderpaper.reading.payloads import Id, Item, unwrapped
from orderpaper.sources import Found
from orderpaper.sources.members.payload import Link, ListedPost, Row, SearchPage

PAGE_SIZE = 20
"""The number of rows that the API returns, whatever number is requested."""
POSTS_SINCE = dt.date(2010, 5, 6)
"""Government posts are fetched for members who left after this day, which is before the first day of any source."""
_POSTS = "GovernmentPosts"
_HOUSES = {1: "Commons", 2: "Lords"}
_MEMBER = re.compile(r"/api/Members/(\d+)(?:/Biography)?$")
MOST_OTHERS_SHARE = 0.5
"""If more members than this share are not of the kind that was asked for, the API ignores a parameter."""


class _Known(msgspec.Struct):
    """A member, of whom only the id is wanted."""

    id: Id


class _Linked(msgspec.Struct):
    """A payload, of which only the links are wanted."""

    links: list[Link]


def fetch(window: Window, client: Client) -> Found:
    """Land the register: the search pages of both Houses, sitting and former members, histories and biographies.

    The register has no intervals, so it is always fetched as it is now. Sitting members are fetched in every run. The
    thousands of former members are fetched once a week, or when somebody leaves or arrives; a history once a week, or
    when a member in it has changed. The list of government posts is fetched in every run. A biography is fetched once a
    month, when the posts that the list gives its member have changed, or, for a former member, when the member has
    changed. An id that the run before knew and that is no longer listed is asked for by itself, once a week: it may
    answer as another member, into whom it was merged.

    Raises:
        UpstreamError: the API did not answer, gave fewer members than it announced, or gave too few histories
            or biographies.
    """
    week, month = f"{window.end_on:%G-W%V}", f"{window.end_on:%Y-%m}"
    sitting: dict[int, Listed[Row]] = {}
    former: dict[int, Listed[Row]] = {}
    for house in _HOUSES:
        sitting |= (now := _search(client, house, is_current=True))
        former |= _search(client, house, is_current=False, state=f"{week} {_digest(map(str, sorted(now)))}")
    everyone = former | sitting
    blocks: defaultdict[int, list[int]] = defaultdict(list)
    for member_id in sorted(everyone):
        # Members are grouped by id, so that a new member changes only one block.
        blocks[member_id // PAGE_SIZE].append(member_id)
    of_lists = Each(client, "members", "lists of posts", partial(_list_of_posts, client), is_held_elsewhere=True)
    posts = _posts(of_lists.fetch({_POSTS: window.end_on}).get(_POSTS))
    biographies = {member_id: f"{month} {posts.get(member_id, '')}".strip() for member_id in sitting} | {
        member_id: f"{listed.state} {posts.get(member_id, '')}".strip()
        for member_id, listed in former.items()
        if member_id not in sitting and (listed.row.left_on or dt.date.max) >= POSTS_SINCE
    }
    histories = {
        ",".join(map(str, ids)): f"{week} {_digest(everyone[member_id].state for member_id in ids)}"
        for ids in blocks.values()
    }
    of_periods = Each(client, "members", "histories", partial(_history, client, histories))
    of_periods.fetch(dict.fromkeys(histories, window.end_on))
    unlisted = Each(
        client, "members", "members", partial(_member, client, week), is_held_elsewhere=True, remembers_absent=False
    )
    unlisted.fetch({f"{member_id}": window.end_on for member_id in sorted(_known_before(client) - everyone.keys())})
    of_posts = Each(client, "members", "biographies", partial(_biography, client, biographies), is_held_elsewhere=True)
    of_posts.fetch({f"{member_id}": window.end_on for member_id in sorted(biographies)})

    def when_whole() -> None:
        of_lists.save()
        of_periods.save()
        unlisted.save()
        of_posts.save()

    return Found(
        {"sitting members": {window.end_on: len(sitting)}},
        detail_count=of_posts.asked_count,
        missing_count=of_posts.absent_count,
        when_whole=when_whole,
    )


def _known_before(client: Client) -> set[int]:
    """Return the ids for which the run before asked one by one."""
    name = client.landing.newest_manifest("members")
    documents = client.landing.read_manifest("members", name).documents if name else []
    return {int(found[1]) for document in documents if (found := _MEMBER.match(document.url))}


def _posts(landed: Landed | None) -> dict[int, str]:
    """Return a digest of the posts of each member who holds one according to the list of government posts.

    A post that cannot be read is not in it; the parser refuses it.
    """
    held: defaultdict[int, list[str]] = defaultdict(list)
    for row in read_page(landed, list[msgspec.Raw], "members") if landed else []:
        with contextlib.suppress(msgspec.ValidationError):
            post = msgspec.json.decode(row, type=Item[ListedPost]).value
            for holder in post.post_holders:
                held[holder.member.value.id].append(f"{post.id} {holder.start_date} {holder.end_date}")
    return {member_id: _digest(sorted(posts)) for member_id, posts in held.items()}


def _member(client: Client, week: str, name: str) -> Landed | None:
    return client.get_json(f"/api/Members/{name}", [], kind="member", state=week, is_optional=True)


def _list_of_posts(client: Client, name: str) -> Landed | None:
    return client.get_json(f"/api/Posts/{name}", [], kind="posts", is_optional=True)


def _history(client: Client, states: Mapping[str, str], name: str) -> Landed | None:
    """Land the histories of some members, whose ids the name has."""
    ids = [int(number) for number in name.split(",")]
    query: Params = [("ids", number) for number in ids]
    landed = client.get_json("/api/Members/History", query, kind="history", state=states.get(name), is_optional=True)
    if landed and not (given := _ids(landed.body)).intersection(ids):
        raise client.reject(landed, f"asked for the histories of members {name}, the API gave others")
    if landed and not given.issuperset(ids):
        client.landing.doubt("members", landed.ref)
    return landed


def _ids(body: bytes) -> set[int]:
    """Return the ids of the members in a list. A row that cannot be read has none."""
    found = set()
    with contextlib.suppress(msgspec.ValidationError):
        for row in msgspec.json.decode(body, type=list[msgspec.Raw]):
            with contextlib.suppress(msgspec.ValidationError):
                found.add(msgspec.json.decode(row, type=Item[_Known]).value.id)
    return found


def _biography(client: Client, states: Mapping[int, str], name: str) -> Landed | None:
    path = f"/api/Members/{name}/Biography"
    landed = client.get_json(path, [], kind="biography", state=states.get(int(name)), is_optional=True)
    if landed and not _is_of(landed, name):
        raise client.reject(landed, f"asked for the biography of member {name}, the API gave another document")
    return landed


def _is_of(landed: Landed, name: str) -> bool:
    """Return whether a biography is that of a member, by its link to itself."""
    try:
        links = msgspec.json.decode(landed.body, type=_Linked).links
    except msgspec.ValidationError:
        return False
    return any(link.href.casefold().endswith(f"/members/{name}/biography") for link in links)


def _search(client: Client, house: int, *, is_current: bool, state: str | None = None) -> dict[int, Listed[Row]]:
    """Return the members of a House by id. A former member belongs to the latest House."""

    def page(skip: int, is_repeat: bool) -> tuple[int, list[msgspec.Raw]]:
        query: list[tuple[str, str | int]] = [
            ("House", house),
            ("IsCurrentMember", str(is_current).lower()),
            ("skip", skip),
            ("take", PAGE_SIZE),
        ]
        landed = client.get_json("/api/Members/Search", query, kind="search", state=state, is_repeat=is_repeat)
        found = read_page(landed, SearchPage[msgspec.Raw], "members")
        return found.total_results, [unwrapped(row) for row in found.items]

    what = f"members: {'sitting' if is_current else 'former'} members of the {_HOUSES[house]}"
    found = read_whole(page, Row, PAGE_SIZE, what)
    memberships = [row.latest_house_membership for row, _ in found.values() if row.latest_house_membership]
    others = sum(one.house != house or (one.membership_end_date is None) != is_current for one in memberships)
    if others > MOST_OTHERS_SHARE * len(memberships):
        raise UpstreamError(
            f"{what}: the API gave {len(memberships)}, of whom {others} are not; it seems to ignore the parameter House"
            " or IsCurrentMember."
        )
    return found


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256(" ".join(texts).encode()).hexdigest()[:16]
