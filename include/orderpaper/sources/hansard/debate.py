"""Read a debate of the Hansard API as a debate of the Official Report."""

from collections.abc import Iterator

from orderpaper.records import Record
from orderpaper.sources._official_report.debate import TOPICAL_QUESTIONS, ReportedDebate, debate_records
from orderpaper.sources.hansard import payload as api
from orderpaper.sources.hansard.business import business_of, type_of
from orderpaper.sources.hansard.turns import read_turns

_DEPARTMENT = "hs_6bDepartment"


def read_debate(debate: api.Debate) -> Iterator[Record]:
    """Yield the records of a debate's own items, in order. All visible text is in the contributions.

    Raises:
        ParseError: the markup of an item cannot be read whole.
    """
    overview = debate.overview
    repeated = {child_item.external_id for child in debate.child_debates for child_item in child.items} - {None}
    turns = read_turns([item for item in debate.items if item.external_id not in repeated])
    debate_type = type_of(overview, turns)
    title = " ".join(overview.title.split()) or None
    return debate_records(
        ReportedDebate(
            debate_id=overview.ext_id or None,
            title=title,
            house=overview.house,
            debated_on=overview.date.date(),
            debate_type=debate_type,
            business=business_of(debate_type, turns),
            is_topical=title == TOPICAL_QUESTIONS,
            department=_department(debate),
            turns=turns,
        ),
        {},
    )


def _department(debate: api.Debate) -> str | None:
    """Return the department whose questions these are: the nearest heading above that names one."""
    above = {heading.id: heading for heading in debate.navigator}
    heading = next((h for h in debate.navigator if h.external_id == debate.overview.ext_id), None)
    for _ in debate.navigator:
        if heading is None or heading.hrs_tag == _DEPARTMENT:
            break
        heading = above.get(heading.parent_id) if heading.parent_id is not None else None
    return " ".join((heading.title or "").split()) or None if heading else None
