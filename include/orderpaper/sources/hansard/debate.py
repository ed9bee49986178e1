"""Read a debate of the Hansard API as a debate of the Official Report."""

from collections import Counter
from collections.abc import Iterator, Mapping

from orderpaper.errors import ParseError
from orderpaper.reading.dates import day_of
from orderpaper.reading.pieces import has_words
from orderpaper.records import Record
from orderpaper.sources._official_report.debate import TOPICAL_QUESTIONS, ReportedDebate, debate_records
from orderpaper.sources.hansard import payload as api
from orderpaper.sources.hansard.business import business_of, type_of
from orderpaper.sources.hansard.turns import read_turns

_DEPARTMENT = "hs_6bDepartment"


def read_debate(debate: api.Debate, counts: Mapping[type, int]) -> Iterator[Record]:
    """Yield the records of a debate's own items, in order. All visible text is in the contributions.

    Ordinals continue from `counts`, the records of each type made so far.

    Raises:
        ParseError: the markup of an item cannot be read whole, or an item stands twice.
    """
    overview = debate.overview
    items = own_items(debate)
    turns = read_turns(items)
    debate_type = type_of(overview, turns)
    title = title_of(debate)
    return debate_records(
        ReportedDebate(
            debate_id=overview.ext_id.upper() or None,
            title=title,
            house=overview.house,
            debated_on=day_of(overview.date),
            debate_type=debate_type,
            business=business_of(debate_type, turns),
            is_topical=title == TOPICAL_QUESTIONS,
            department=department_of(debate),
            turns=turns,
            has_opening=_has_opening(debate.items),
        ),
        counts,
    )


def own_items(debate: api.Debate) -> list[api.Item]:
    """Return the items of a debate in order, without those that it repeats from its child debates.

    An item is found again by its id and its words, or by its words and who says them if one of the two has no id.

    Raises:
        ParseError: an item stands twice.
    """
    others = [item for child in other_children(debate) for item in child.items]
    by_id = Counter((_id(item), item.value) for item in others)
    own: list[api.Item] = []
    for item in sorted(debate.items, key=lambda item: item.order_in_section):
        if by_id[_id(item), item.value]:
            by_id[_id(item), item.value] -= 1
        else:
            own.append(item)
    by_words = {has_id: Counter[_Words]() for has_id in (True, False)}
    for item in others:
        if by_id[_id(item), item.value]:
            by_id[_id(item), item.value] -= 1
            by_words[bool(_id(item))][_words(item)] += 1
    own = [item for item in own if not _is_repeated(item, by_words)]
    _check_once(debate, own)
    return own


_Words = tuple[int | None, str | None, str | None]
"""The words of an item and who says them."""


def _words(item: api.Item) -> _Words:
    return item.member_id, item.attributed_to, item.value


def _is_repeated(item: api.Item, others: Mapping[bool, Counter[_Words]]) -> bool:
    """Return whether an item is one of the child debates, of which one has no id; if so, that one is used up.

    Args:
        item: the item.
        others: how often what words stand in the child debates, in items that have an id or not.
    """
    if not item.value:
        return False
    for counts in (others[False], others[True]) if not _id(item) else (others[False],):
        if counts[_words(item)]:
            counts[_words(item)] -= 1
            return True
    return False


def _check_once(debate: api.Debate, items: list[api.Item]) -> None:
    """Check that no item stands twice. One without an id is known by its number, or by a member's own long words.

    Raises:
        ParseError: one does.
    """
    keys: Counter[object] = Counter()
    for item in items:
        if item.value:
            keys.update({_id(item) or None, (item.order_in_section, item.value), _words(item)} - {None})
    for item in items:
        if not item.value:
            continue
        is_known_by_words = item.member_id and has_words([item.value])
        others = (
            [] if _id(item) else [(item.order_in_section, item.value), *([_words(item)] if is_known_by_words else [])]
        )
        count = max(keys[key] for key in (_id(item), *others))
        if count > 1:
            named = item.external_id or f"with the number {item.order_in_section}"
            raise ParseError(f"the debate {debate.overview.ext_id} has the item {named} {count} times")


def _id(item: api.Item) -> str:
    """Return the id of an item, which the API gives in capital and in small letters; empty if it has none."""
    return (item.external_id or "").casefold()


def other_children(debate: api.Debate) -> list[api.Debate]:
    """Return the child debates, without the debate itself, which it may list among them.

    Raises:
        ParseError: the debate that is listed under its own id has an item or a child debate that the debate does not
            have, or a child is a debate that stands above this one.
    """
    own_id = debate.overview.ext_id.casefold()
    own = {(_id(item), item.value) for item in debate.items}
    own_children = {child.overview.ext_id.casefold() for child in debate.child_debates}
    above = {(heading.external_id or "").casefold() for heading in debate.navigator} - {own_id, ""}
    others = []
    for child in debate.child_debates:
        child_id = child.overview.ext_id.casefold()
        if child_id in above:
            raise ParseError(
                f"the debate {debate.overview.ext_id} has {child.overview.ext_id} above it and as its child"
            )
        if not child_id or child_id != own_id:
            others.append(child)
        elif any((_id(item), item.value) not in own for item in child.items):
            raise ParseError(f"the debate {debate.overview.ext_id} is its own child, with other items")
        elif {each.overview.ext_id.casefold() for each in child.child_debates} - own_children:
            raise ParseError(f"the debate {debate.overview.ext_id} is its own child, with other child debates")
    return others


def title_of(debate: api.Debate) -> str | None:
    """Return the heading of a debate on one line."""
    return " ".join(debate.overview.title.split()) or None


def department_of(debate: api.Debate) -> str | None:
    """Return the department whose questions these are: the nearest heading above that names one."""
    above = {heading.id: heading for heading in debate.navigator}
    own_id = debate.overview.ext_id.casefold()
    heading = next((h for h in debate.navigator if (h.external_id or "").casefold() == own_id), None)
    for _ in debate.navigator:
        if heading is None or heading.hrs_tag == _DEPARTMENT:
            break
        heading = above.get(heading.parent_id) if heading.parent_id is not None else None
    return " ".join((heading.title or "").split()) or None if heading else None


def _has_opening(items: list[api.Item]) -> bool:
    """Return whether no item is missing before the first member speaks. Items are numbered from 1."""
    for place, item in enumerate(sorted(items, key=lambda item: item.order_in_section), start=1):
        if item.order_in_section != place:
            return False
        if item.member_id:
            return True
    return True
