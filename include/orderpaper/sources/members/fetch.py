"""What to ask the members API for: everyone who sits, their histories, their posts."""

from concurrent.futures import ThreadPoolExecutor

import msgspec

from orderpaper.errors import UpstreamError
from orderpaper.http import Client
from orderpaper.sources import Window
from orderpaper.sources.members.payload import SearchPage

PAGE_SIZE = 20
"""The API gives this many whatever is asked."""
WORKERS = 4
_HOUSES = {1: "Commons", 2: "Lords"}


def fetch(window: Window, client: Client) -> None:
    """Land the search pages of both Houses, and the history and biography of every member found.

    The register has no notion of an interval: it is asked as it stands. A biography is asked for once a month.

    Raises:
        UpstreamError: the API did not answer, or gave fewer members than it announced.
    """
    found = [member_id for house in _HOUSES for member_id in _search(client, house)]
    found.sort()
    for start in range(0, len(found), PAGE_SIZE):
        ids = found[start : start + PAGE_SIZE]
        client.get_json("/api/Members/History", [("ids", member_id) for member_id in ids], kind="history")
    month = f"{window.end_on:%Y-%m}"
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda member_id: _biography(client, member_id, month), found))


def _biography(client: Client, member_id: int, month: str) -> None:
    client.get_json(f"/api/Members/{member_id}/Biography", [], kind="biography", state=month, is_optional=True)


def _search(client: Client, house: int) -> set[int]:
    found: set[int] = set()
    total = skip = 0
    while skip == 0 or skip < total:
        landed = client.get_json(
            "/api/Members/Search",
            [("House", house), ("IsCurrentMember", "true"), ("skip", skip), ("take", PAGE_SIZE)],
            kind="search",
        )
        if landed is None:
            raise AssertionError("a search is not optional")
        try:
            page = msgspec.json.decode(landed.body, type=SearchPage)
        except msgspec.ValidationError as error:
            raise UpstreamError(f"members: {landed.ref.url} is not a page of members: {error}") from error
        total = page.total_results
        found |= {item.value.id for item in page.items}
        skip += PAGE_SIZE
    if len(found) != total:
        raise UpstreamError(
            f"members: the API announces {total} sitting members of the {_HOUSES[house]} but gave {len(found)};"
            " try again later."
        )
    return found
