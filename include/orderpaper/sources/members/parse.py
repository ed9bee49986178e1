"""Turn payloads of the members API into members, their periods and their posts."""

import datetime as dt
import re
from typing import Any

from orderpaper.errors import ParseError
from orderpaper.reading.payloads import Item, day_of, first_value, read_json, read_shape
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Document, GovernmentPost, Member, MemberPeriod, Parsed
from orderpaper.records.drift import find_drift
from orderpaper.sources.members.payload import (
    KNOWN_HISTORY_FIELDS,
    KNOWN_MEMBER_FIELDS,
    Biography,
    HistoryValue,
    MemberValue,
    SearchPage,
)

_API = "the members API"
KIND = f"a payload of {_API}"
LOOKED_FOR = "value.nameDisplayAs, value.partyHistory or value.governmentPosts"
_HOUSES = {1: "Commons", 2: "Lords"}
_BIOGRAPHY_LINK = re.compile(r"/Members/(\d+)/Biography$", re.IGNORECASE)


def matches(file: SavedFile) -> bool:
    """Return whether a saved file is a search page, a history or a biography of the API."""
    return bool(first_value(file.payload).keys() & {"nameDisplayAs", "partyHistory", "governmentPosts"})


def parse(document: Document) -> Parsed:
    """Return the members of a search page, the periods of a history, or the posts of a biography.

    Raises:
        ParseError: a field is missing or of another type, or the payload is none of the three.
    """
    payload = read_json(document.body, _API)
    if isinstance(payload, list):
        return _history(payload)
    if isinstance(payload, dict) and "items" in payload:
        return _search(payload)
    return _biography(payload)


def _search(payload: Any) -> Parsed:
    page = read_shape(payload, SearchPage[MemberValue], _API)
    members = [_member(item.value, ordinal) for ordinal, item in enumerate(page.items, start=1)]
    drift = find_drift([row["value"] for row in payload["items"]], KNOWN_MEMBER_FIELDS, "items.value")
    return Parsed(
        document_kind="member_search",
        announced_count=page.total_results,
        records=[*members, *drift],
    )


def _member(value: MemberValue, ordinal: int) -> Member:
    membership = value.latest_house_membership
    return Member(
        ordinal=ordinal,
        member_id=value.id,
        name=value.name_display_as,
        list_name=value.name_list_as or None,
        full_title=value.name_full_title or None,
        gender=value.gender,
        party_text=value.latest_party.name if value.latest_party else None,
        house=_house(membership.house) if membership else None,
        constituency_text=membership.membership_from if membership else None,
        membership_start_on=day_of(membership.membership_start_date) if membership else None,
        membership_end_on=day_of(membership.membership_end_date) if membership else None,
        is_current=membership is not None and membership.membership_end_date is None,
    )


def _history(payload: list[Any]) -> Parsed:
    values = [item.value for item in read_shape(payload, list[Item[HistoryValue]], _API)]
    spans = [(value.id, *span) for value in values for span in _spans(value)]
    periods = [
        MemberPeriod(
            ordinal=ordinal,
            member_id=member_id,
            attribute=attribute,
            value_text=text,
            start_on=day_of(start),
            end_on=day_of(end),
        )
        for ordinal, (member_id, attribute, text, start, end) in enumerate(spans, start=1)
    ]
    drift = find_drift([row["value"] for row in payload], KNOWN_HISTORY_FIELDS, "value")
    return Parsed(document_kind="member_history", records=[*periods, *drift])


def _spans(value: HistoryValue) -> list[tuple[str, str, dt.datetime | None, dt.datetime | None]]:
    """Return (attribute, value, start, end) for each period of a member's history that has a value."""
    spans = [("party", p.party.name, p.start_date, p.end_date) for p in value.party_history if p.party]
    spans += [("name", n.name_display_as, n.start_date, n.end_date) for n in value.name_history]
    result: list[tuple[str, str, dt.datetime | None, dt.datetime | None]] = [*spans]
    for membership in value.house_membership_history:
        dates = (membership.membership_start_date, membership.membership_end_date)
        result.append(("house", _house(membership.house), *dates))
        if membership.membership_from:
            result.append(("constituency", membership.membership_from, *dates))
    return result


def _biography(payload: Any) -> Parsed:
    biography = read_shape(payload, Biography, _API)
    own = [match for link in biography.links if link.rel == "self" and (match := _BIOGRAPHY_LINK.search(link.href))]
    if len(own) != 1:
        raise ParseError("a biography whose links do not say whose it is: no self link to /Members/{id}/Biography")
    return Parsed(
        document_kind="member_biography",
        records=[
            GovernmentPost(
                ordinal=ordinal,
                member_id=int(own[0][1]),
                post_text=post.name,
                start_on=day_of(post.start_date),
                end_on=day_of(post.end_date),
            )
            for ordinal, post in enumerate(biography.value.government_posts, start=1)
        ],
    )


def _house(code: int) -> str:
    """Return the name of a House, which the members API gives as a number.

    Raises:
        ParseError: a code other than 1 and 2.
    """
    try:
        return _HOUSES[code]
    except KeyError:
        raise ParseError(f"house is {code}; the members API knows 1 (Commons) and 2 (Lords)") from None
