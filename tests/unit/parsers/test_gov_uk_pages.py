"""Pages of GOV.UK are posts: who published them and when stands beside the labels or below them, in either order."""

import datetime as dt
import html
import itertools

import pytest
from test_saved_layouts import dropped

from orderpaper.errors import ParseError
from orderpaper.records import Parsed, PostSection, Quote

TITLE = "New measures to protect piers"
SUMMARY = "Ministers have set out how piers are repaired."
BODY = ["The Home Office has set aside £3 million for piers.", "Minister Bo Sand said:", "Piers matter to us all."]
BELOW = [
    "Share this page",
    "The following links open in a new tab",
    "Share on Facebook (opens in new tab)",
    "Updates to this page",
    "Published 4 November 2024",
    "Related content",
    "Piers: a guide",
    "Is this page useful?",
    "Yes this page is useful",
]
ORGANISATION = "Home Office and The Rt Hon Ann Otter MP"


def page(byline: list[str], *, has_summary: bool = True, kind: str = "Press release") -> list[str]:
    above = [*([kind] if kind else []), TITLE, *([SUMMARY] if has_summary else [])]
    return [*above, *byline, *BODY]


def check(parsed: Parsed, *, has_summary: bool = True) -> None:
    sections = [
        [*filter(None, record.text.split("\n"))] for record in parsed.records if isinstance(record, PostSection)
    ]
    (quote,) = (record for record in parsed.records if isinstance(record, Quote))
    assert (parsed.title, parsed.published_on) == (TITLE, dt.date(2024, 11, 4))
    assert sections == [*([[SUMMARY]] if has_summary else []), BODY]
    assert (quote.speaker_text, quote.text) == ("Bo Sand", BODY[2])
    assert parsed.refusals == []


def bylines() -> list[list[str]]:
    found = []
    for colon, beside, from_first, updated in itertools.product(("", ":"), *[(False, True)] * 3):
        mark = " " if beside else "\n"
        lines = [f"From{colon}{mark}{ORGANISATION}", f"Published{colon}{mark}4 November 2024"]
        lines = lines if from_first else lines[::-1]
        if updated:
            lines.append(f"Last updated{colon}{mark}5 November 2024")
        found.append("\n".join(lines).split("\n"))
    return found


@pytest.mark.parametrize("has_summary", [False, True])
@pytest.mark.parametrize("kind", ["", "Press release", "News story", "Speech"])
def test_a_page_is_read_with_its_byline_in_each_form(has_summary: bool, kind: str) -> None:
    for byline in bylines():
        lines = page(byline, has_summary=has_summary, kind=kind)
        check(dropped("\n".join(lines)), has_summary=has_summary)
        check(dropped("\n\n".join([*lines, *BELOW])), has_summary=has_summary)
        body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        check(dropped(f"<html><body><main>{body}</main></body></html>"), has_summary=has_summary)


@pytest.mark.parametrize("day", ["4/11/2024", "4 Nov 24", "Monday 4 November 2024"])
def test_the_day_may_have_any_form(day: str) -> None:
    check(dropped("\n".join(page([f"Published {day}", f"From: {ORGANISATION}"]))))


@pytest.mark.parametrize(
    "byline",
    [
        ["Published 31 November 2024", "From: Home Office"],
        ["Published 4 November", "From: Home Office"],
        ["Published 4 November 2024"],
        ["From: Home Office"],
        ["Published in error", "From: Home Office"],
    ],
)
def test_a_page_without_its_day_or_its_department_is_refused(byline: list[str]) -> None:
    with pytest.raises(ParseError):
        dropped("\n".join(page(byline)))


@pytest.mark.parametrize("stranger", ["Advertisement", "Ida Elk wrote this.", "£3 for all"])
def test_a_line_within_the_byline_or_above_it_is_in_no_section(stranger: str) -> None:
    lines = page(["From:", ORGANISATION, "Published", "4 November 2024"])
    for place in (0, 1, 4, 5, 6):
        try:
            parsed = dropped("\n".join([*lines[:place], stranger, *lines[place:]]))
        except ParseError:
            continue
        assert any(stranger in refusal.text for refusal in parsed.refusals), place


def test_two_pages_in_a_file_are_refused() -> None:
    lines = page(["Published 4 November 2024", f"From: {ORGANISATION}"])
    with pytest.raises(ParseError, match="the file has 2 press posts"):
        dropped("\n".join([*lines, *BODY * 20, *lines]))
