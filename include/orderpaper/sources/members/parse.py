"""Turn payloads of the members API into members, their periods and their posts."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from orderpaper.errors import ParseError
from orderpaper.reading.dates import day_of
from orderpaper.reading.payloads import Item, check_identity, read_json, read_shape, value_fields
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Document, GovernmentPost, Member, MemberMerge, MemberPeriod, Parsed, Record, Refusal
from orderpaper.records.rows import Rows, read_rows, wrapped
from orderpaper.sources.members import payload as api

_API = "the members API"
KIND = f"a payload of {_API}"
LOOKED_FOR = "value.nameDisplayAs, value.partyHistory, value.governmentPosts or value.postHolders"
_HOUSES = {1: "Commons", 2: "Lords"}
_KINDS = {
    "search": "member_search",
    "history": "member_history",
    "biography": "member_biography",
    "posts": "government_posts",
    "member": "member_detail",
}
"""The kind under which a document was fetched → the kind of its records."""
_BIOGRAPHY_LINK = re.compile(r"/Members/(\d{1,18})/Biography$", re.IGNORECASE)


def matches(file: SavedFile) -> bool:
    """Return whether a saved file is a search page, a member, a history, a biography or the posts of the API."""
    found = value_fields(file.payload)
    return bool(found & {"nameDisplayAs", "partyHistory", "governmentPosts", "postHolders"})


def parse(document: Document) -> Parsed:
    """Return the members of a search page, one member, the periods of a history, or posts.

    The posts are those of the biography of a member, or of the list of all posts and who holds them now.

    Members may stand without the page around them. A row that is not understood is refused by itself.

    Raises:
        ParseError: the payload is none of these, is not the one that was asked for, or has rows and none of them is
            understood.
    """
    parsed = _parse(document)
    asked = _KINDS.get(document.kind, parsed.document_kind)
    if parsed.document_kind != asked:
        raise ParseError(f"a {asked} was asked for, and the API gave a {parsed.document_kind}")
    return parsed


def _parse(document: Document) -> Parsed:
    payload = read_json(document.body, _API)
    is_of_members = "nameDisplayAs" in value_fields(payload)
    if "postHolders" in value_fields(payload) or document.kind == "posts":
        return _posts(payload)
    is_history = "partyHistory" in value_fields(payload)
    if is_history or (isinstance(payload, list) and not is_of_members):
        return _history(payload, document.url if document.kind == "history" else None)
    if isinstance(payload, dict) and "items" in payload:
        page = read_shape(payload, api.SearchPage[Any], _API)
        rows = _members(page.items, "$.items")
        rows.add_fields(payload, api.SearchPage[Any], api.LEFT_OUT_OF_A_SEARCH)
        return _parsed("member_search", rows, map(_member, _values(rows), count(1)), page.total_results)
    if is_of_members:
        is_list = isinstance(payload, list)
        rows = _members(payload if is_list else [payload], "$", is_list=is_list)
        members = map(_member, _values(rows), count(1))
        merges = _merges(rows, document.url) if document.kind == "member" else []
        return _parsed("member_list" if is_list else "member_detail", rows, [*members, *merges])
    return _biography(payload, document.url if document.kind == "biography" else None)


def _members(items: list[Any], address: str, *, is_list: bool = True) -> Rows[Item[api.MemberValue]]:
    return read_rows(
        map(wrapped, items),
        Item[api.MemberValue],
        _API,
        api.LEFT_OUT_OF_A_MEMBER,
        key=lambda item: item.value.id,
        check=lambda item: _member(item.value, 1),
        address=address,
        is_list=is_list,
    )


def _values(rows: Rows[Item[api.MemberValue]]) -> list[api.MemberValue]:
    return [item.value for item in rows.values]


def _parsed(kind: str, rows: Rows[Any], records: Iterable[Record], total: int | None = None) -> Parsed:
    return Parsed(
        document_kind=kind,
        announced_count=total,
        records=[*records, *rows.drift],
        refusals=rows.refusals,
        pieces=rows.pieces,
    )


def _member(value: api.MemberValue, ordinal: int) -> Member:
    membership = value.latest_house_membership
    status = membership.membership_status if membership else None
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
        membership_end_reason_text=membership.membership_end_reason or None if membership else None,
        membership_end_reason_id=membership.membership_end_reason_id if membership else None,
        membership_end_notes_text=membership.membership_end_reason_notes or None if membership else None,
        status_text=status.status_description or None if status else None,
        status_notes_text=status.status_notes or None if status else None,
        status_start_on=day_of(status.status_start_date) if status else None,
        is_current=membership is not None and membership.membership_end_date is None,
    )


def _merges(rows: Rows[Item[api.MemberValue]], url: str) -> list[MemberMerge]:
    """Return the merge that a member's detail tells of: it was fetched by one id and has another one."""
    asked = int(url.rpartition("/")[2])
    return [
        MemberMerge(ordinal=1, member_id=asked, merged_into_member_id=member.id)
        for member in _values(rows)
        if member.id != asked
    ]


def _history(payload: Any, url: str | None) -> Parsed:
    """Return the periods of the members of a history. If it was fetched, they are those that its address names."""
    asked = {int(number) for number in re.findall(r"[?&]ids=(\d+)", url or "")}
    rows = read_rows(
        map(wrapped, payload if isinstance(payload, list) else [payload]),
        Item[api.HistoryValue],
        _API,
        api.LEFT_OUT_OF_A_HISTORY,
        key=lambda item: item.value.id,
        check=lambda item: _check_history(item.value, asked),
        address="$",
        is_list=isinstance(payload, list),
    )
    missing = sorted(asked - {item.value.id for item in rows.values})
    if len(missing) > len(rows.refusals):
        names = ", ".join(map(str, missing))
        rows.refusals.append(
            Refusal(address="$", reason="the histories of members were asked for and are not given", text=names)
        )
    for address, item in zip(rows.addresses, rows.values, strict=True):
        _refuse_odd_periods(rows, item.value, f"{address}.value")
    periods = [period for item in rows.values for period in _periods(item.value)]
    records = [replace(period, ordinal=ordinal) for ordinal, period in enumerate(periods, start=1)]
    return _parsed("member_history", rows, records)


def _refuse_odd_periods(rows: Rows[Any], value: api.HistoryValue, address: str) -> None:
    """Refuse each period that has no party or ends before it begins, with what it says."""
    histories: dict[str, Sequence[api.Period]] = {
        "partyHistory": value.party_history,
        "nameHistory": value.name_history,
        "houseMembershipHistory": value.house_membership_history,
    }
    for name, periods in histories.items():
        for place, period in enumerate(periods):
            if reason := api.oddity(period):
                where = f"{address}.{name}[{place}]"
                days = " to ".join(f"{day:%Y-%m-%d}" for day in api.days(period) if day)
                text = ", ".join(filter(None, (period.words, days)))
                rows.refusals.append(Refusal(address=where, reason=reason, text=text))
                rows.pieces = [piece for piece in rows.pieces if not piece.address.startswith(f"{where}.")]


def _check_history(value: api.HistoryValue, asked: set[int]) -> None:
    """Check that a history is one of those that were asked for, and can be read.

    Raises:
        ParseError: it is not.
    """
    if asked and value.id not in asked:
        raise ParseError(f"the history of member {value.id} was not asked for")
    _periods(value)


def _periods(value: api.HistoryValue) -> list[MemberPeriod]:
    """Return the periods of a member. A period that is given twice, with nothing different, is one.

    Raises:
        ParseError: a House is unknown, or a period is given twice with different ends.
    """
    periods = list(dict.fromkeys(_spans(value)))
    starts = Counter((period.attribute, period.value_text, period.start_on) for period in periods)
    for (attribute, text, start), number in starts.items():
        if number > 1:
            raise ParseError(f"the {attribute} {text} of member {value.id} from {start} is given {number} times")
    return periods


def _spans(value: api.HistoryValue) -> Iterator[MemberPeriod]:
    """Yield a period for each row of a member's history that has a value, all with the ordinal 1."""

    def period(attribute: str, text: str, start: dt.datetime | None, end: dt.datetime | None) -> MemberPeriod:
        return MemberPeriod(
            ordinal=1,
            member_id=value.id,
            attribute=attribute,
            value_text=text,
            start_on=day_of(start),
            end_on=day_of(end),
        )

    for party in value.party_history:
        if party.party and not api.oddity(party):
            yield period("party", party.party.name, *api.days(party))
    for name in value.name_history:
        if not api.oddity(name):
            yield period("name", name.name_display_as, *api.days(name))
    for membership in value.house_membership_history:
        if api.oddity(membership):
            continue
        start, end = api.days(membership)
        yield replace(
            period("house", _house(membership.house), start, end),
            end_reason_text=membership.membership_end_reason or None,
            end_reason_id=membership.membership_end_reason_id,
            end_notes_text=membership.membership_end_reason_notes or None,
        )
        if membership.membership_from:
            yield period("constituency", membership.membership_from, start, end)


def _biography(payload: Any, url: str | None) -> Parsed:
    if isinstance(payload, dict) and "value" not in payload:
        raise ParseError("a biography without the wrapper in which the API gives it, so it does not say whose it is")
    biography = read_shape(payload, api.Biography, _API)
    own = [match for link in biography.links if link.rel == "self" and (match := _BIOGRAPHY_LINK.search(link.href))]
    if len(own) != 1:
        raise ParseError("a biography whose links do not say whose it is: no self link to /Members/{id}/Biography")
    if url:
        check_identity(url, int(own[0][1]), "the biography of member")
    rows = read_rows(
        biography.value.government_posts,
        api.Post,
        _API,
        api.LEFT_OUT_OF_A_POST,
        key=lambda post: (post.name, post.start_date, post.end_date),
        address="$.value.governmentPosts",
        prefix="value.governmentPosts",
    )
    rows.add_fields(payload, api.Biography, api.LEFT_OUT_OF_A_BIOGRAPHY)
    posts = [
        GovernmentPost(
            ordinal=ordinal,
            member_id=int(own[0][1]),
            post_text=post.name,
            start_on=day_of(post.start_date),
            end_on=day_of(post.end_date),
        )
        for ordinal, post in enumerate(rows.values, start=1)
    ]
    return _parsed("member_biography", rows, posts)


def _posts(payload: Any) -> Parsed:
    """Return the list of government posts, one record for each holder. One without a member is of a vacant post."""
    rows = read_rows(
        map(wrapped, payload if isinstance(payload, list) else [payload]),
        Item[api.ListedPost],
        _API,
        api.LEFT_OUT_OF_A_LISTED_POST,
        key=lambda item: item.value.id,
        address="$",
        is_list=isinstance(payload, list),
    )
    posts: list[GovernmentPost] = []
    for item in rows.values:
        name = item.value.name
        posts += [
            GovernmentPost(
                ordinal=ordinal,
                member_id=holder.member.value.id,
                member_name_text=holder.member.value.name_display_as,
                post_text=name,
                start_on=day_of(holder.start_date),
                end_on=day_of(holder.end_date),
            )
            for ordinal, holder in enumerate(item.value.post_holders, start=len(posts) + 1)
        ] or [GovernmentPost(ordinal=len(posts) + 1, post_text=name)]
    return _parsed("government_posts", rows, posts)


def _house(code: int) -> str:
    """Return the name of a House, which the members API gives as a number.

    Raises:
        ParseError: a code other than 1 and 2.
    """
    try:
        return _HOUSES[code]
    except KeyError:
        raise ParseError(f"house is {code}; the members API knows 1 (Commons) and 2 (Lords)") from None
