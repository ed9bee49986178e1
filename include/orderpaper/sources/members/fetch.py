"""Fetch the register of members: everyone who sits or has sat, their histories and their posts."""

import contextlib
import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import msgspec

from orderpaper.http import Client, Landed
from orderpaper.http.paging import Listed, read_page, read_whole
from orderpaper.landing import Window
from orderpaper.reading.payloads import Item
from orderpaper.sources import Found
from orderpaper.sources.members.payload import ListedPost, Row, SearchPage

PAGE_SIZE = 20
"""The number of rows that the API returns, whatever number is requested."""
WORKERS = 4
POSTS_SINCE = dt.date(2010, 5, 6)
"""Government posts are fetched for members who left after this day, which is before the first day of any source."""
_HOUSES = {1: "Commons", 2: "Lords"}
_MEMBER = re.compile(r"/api/Members/(\d+)(?:/Biography)?$")


def fetch(window: Window, client: Client) -> Found:
    """Land the register: the search pages of both Houses, sitting and former members, histories and biographies.

    The register has no intervals, so it is always fetched as it is now. Sitting members are fetched in every run. The
    thousands of former members are fetched once a week, or when somebody leaves or arrives; a history once a week, or
    when a member in it has changed. The list of government posts is fetched in every run. A biography is fetched once a
    month, when the posts that the list gives its member have changed, or, for a former member, when the member has
    changed. An id that the run before knew and that is no longer listed is asked for by itself, once a week: it may
    answer as another member, into whom it was merged.

    Raises:
        UpstreamError: the API did not answer, or gave fewer members than it announced.
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
    posts = _posts(client)
    biographies = {member_id: f"{month} {posts.get(member_id, '')}".strip() for member_id in sitting} | {
        member_id: f"{listed.state} {posts.get(member_id, '')}".strip()
        for member_id, listed in former.items()
        if member_id not in sitting and (listed.row.left_on or dt.date.max) >= POSTS_SINCE
    }
    histories = [(ids, f"{week} {_digest(everyone[member_id].state for member_id in ids)}") for ids in blocks.values()]
    for member_id in sorted(_known_before(client) - everyone.keys()):
        client.get_json(f"/api/Members/{member_id}", [], kind="member", state=week, is_optional=True)
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(partial(_history, client), histories))
        found = list(pool.map(partial(_biography, client), sorted(biographies.items())))
    return Found({window.end_on: len(sitting)}, detail_count=len(found), missing_count=found.count(None))


def _known_before(client: Client) -> set[int]:
    """Return the ids for which the run before asked one by one."""
    name = client.landing.newest_manifest("members")
    documents = client.landing.read_manifest("members", name).documents if name else []
    return {int(found[1]) for document in documents if (found := _MEMBER.match(document.url))}


def _posts(client: Client) -> dict[int, str]:
    """Return a digest of the posts of each member who holds one according to the list of government posts.

    A post that cannot be read is not in it; the parser refuses it.
    """
    landed = client.get_json("/api/Posts/GovernmentPosts", [], kind="posts", is_optional=True)
    held: defaultdict[int, list[str]] = defaultdict(list)
    for row in read_page(landed, list[msgspec.Raw], "members") if landed else []:
        with contextlib.suppress(msgspec.ValidationError):
            post = msgspec.json.decode(row, type=Item[ListedPost]).value
            for holder in post.post_holders:
                held[holder.member.value.id].append(f"{post.id} {holder.start_date} {holder.end_date}")
    return {member_id: _digest(sorted(posts)) for member_id, posts in held.items()}


def _history(client: Client, due: tuple[list[int], str]) -> None:
    ids, state = due
    client.get_json("/api/Members/History", [("ids", number) for number in ids], kind="history", state=state)


def _biography(client: Client, due: tuple[int, str]) -> Landed | None:
    member_id, state = due
    return client.get_json(f"/api/Members/{member_id}/Biography", [], kind="biography", state=state, is_optional=True)


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
        found = read_page(landed, SearchPage[Item[msgspec.Raw]], "members")
        return found.total_results, [item.value for item in found.items]

    return read_whole(
        page, Row, PAGE_SIZE, f"members: {'sitting' if is_current else 'former'} members of the {_HOUSES[house]}"
    )


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256(" ".join(texts).encode()).hexdigest()[:16]
