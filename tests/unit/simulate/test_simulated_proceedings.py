"""Oral questions, Hansard and the press blog of the simulated Parliament: shapes, quirks, sizes, and the same again."""

import datetime as dt
import re

import pytest
import requests
from asking import Asker
from lxml import etree

from orderpaper.enrichment.people.attribution import split_attribution
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve
from orderpaper.simulate.sittings import Span
from orderpaper.sources.hansard.simulated import Hansard
from orderpaper.sources.oral_questions.simulated import rows as oral_rows
from orderpaper.sources.press_blog.simulated import Blog

WEEK = {"parameters.answeringDateStart": "2025-03-10", "parameters.answeringDateEnd": "2025-03-14"}
DAYS = [dt.date(2025, 3, day) for day in range(10, 17)]
CONTAINERS = {"hs_3MainHdg", "hs_3OralAnswers", "hs_6bDepartment", "hs_Venue"}
ATOM = "{http://www.w3.org/2005/Atom}"


def headings(asker: Asker, house: str) -> list[dict]:
    """Every heading of the week."""
    found = []
    for day in DAYS:
        for section in asker.get("/overview/sectionsforday.json", date=day, house=house).json():
            tree = asker.get("/overview/sectiontrees.json", section=section, date=day, house=house).json()
            found += [heading for part in tree for heading in part["SectionTreeItems"]]
    return found


def test_a_list_without_the_prefix_is_not_filtered_and_pages_of_25(asker: Asker) -> None:
    filtered = asker.get("/oralquestions/list", **WEEK, **{"parameters.take": 500}).json()
    assert (filtered["PagingInfo"]["Total"], len(filtered["Response"])) == (152, 100)
    assert {row["AnsweringWhen"][:10] for row in filtered["Response"]} <= {str(day) for day in DAYS}
    ignored = asker.get("/oralquestions/list", answeringDateStart="2025-03-10", answeringDateEnd="2025-03-14").json()
    assert len(ignored["Response"]) == 25
    assert ignored["PagingInfo"]["Total"] > 10_000


def test_no_two_questions_of_a_year_have_one_id(parliament: SimulatedParliament) -> None:
    rows = oral_rows(parliament, Span(dt.date(2024, 3, 1), dt.date(2025, 3, 1)))
    assert len({row["Id"] for row in rows}) == len(rows) > 3000


def test_the_houses_sit_on_sitting_days_and_report_some_ten_debates_each(asker: Asker) -> None:
    assert asker.get("/overview/sectionsforday.json", date="2025-03-15", house="Commons").json() == []
    assert asker.get("/overview/sectionsforday.json", date="2025-03-12", house="Commons").json() == [
        "Debate",
        "WestHall",
    ]
    commons = [heading for heading in headings(asker, "Commons") if heading["HRSTag"] not in CONTAINERS]
    assert len(commons) == 45
    ids = [heading["ExternalId"] for heading in commons]
    assert len(set(ids)) == len(ids)
    for external_id in ids[:12]:
        debate = asker.get(f"/debates/debate/{external_id}.json").json()
        assert debate["Overview"]["ExtId"] == external_id
        assert debate["Items"]


def test_a_container_repeats_its_children(asker: Asker) -> None:
    department = next(heading for heading in headings(asker, "Commons") if heading["HRSTag"] == "hs_6bDepartment")
    below = [h["ExternalId"] for h in headings(asker, "Commons") if h["ParentId"] == department["Id"]]
    debate = asker.get(f"/debates/debate/{department['ExternalId']}.json").json()
    assert [child["Overview"]["ExtId"] for child in debate["ChildDebates"]] == below


def test_every_attribution_can_be_split(asker: Asker) -> None:
    seen = set()
    for house in ("Commons", "Lords"):
        for heading in headings(asker, house):
            for item in asker.get(f"/debates/debate/{heading['ExternalId']}.json").json()["Items"]:
                if item["AttributedTo"]:
                    found = split_attribution(item["AttributedTo"])
                    seen.add((found.is_chair, found.is_crowd, bool(found.post), bool(found.party), found.note))
    assert len(seen) >= 7


def test_a_debate_of_no_day_is_not_found(asker: Asker) -> None:
    for external_id in ("20250315-0001-4000-8000-000000000001", "20250310-0001-4000-8000-000000000099", "nonsense"):
        assert asker.get(f"/debates/debate/{external_id}.json").status_code == 404


def test_revised_hansard_has_other_words_in_some_debates_and_says_when(parliament: SimulatedParliament) -> None:
    rolling, revised = Hansard(parliament, set()), Hansard(parliament, {"revised_hansard"})
    (tree,) = rolling.trees(dt.date(2025, 3, 11), 1, "Debate")
    assert revised.trees(dt.date(2025, 3, 11), 1, "Debate") == [tree]
    changed = []
    for heading in tree["SectionTreeItems"]:
        before, after = (report.debate(heading["ExternalId"]) for report in (rolling, revised))
        moved = before["Overview"]["ContentLastUpdated"] != after["Overview"]["ContentLastUpdated"]
        if heading["HRSTag"] not in CONTAINERS:
            assert moved == (before["Items"] != after["Items"])
            changed.append(moved)
    assert 0 < sum(changed) < len(changed)


def test_two_posts_a_day_newest_first_and_404_behind_the_last_page(asker: Asker) -> None:
    links: list[str] = []
    for number in (1, 2, 3):
        feed = etree.fromstring(asker.get("/feed/atom/", paged=number).content)
        entries = feed.findall(f"{ATOM}entry")
        assert len(entries) == 10
        published = [entry.findtext(f"{ATOM}published") for entry in entries]
        assert published == sorted(published, reverse=True)
        links += [entry.find(f"{ATOM}link").get("href") for entry in entries]
    assert len(set(links)) == 30
    assert asker.get("/feed/atom/", paged=100_000).status_code == 404
    paths = [link.removeprefix("https://homeofficemedia.blog.gov.uk") for link in links]
    assert {bool(re.match(r"/\d{4}/", path)) for path in paths} == {True, False}, "permalinks with and without dates"
    for path in paths[:4]:
        page = asker.get(path)
        assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=UTF-8")
    assert asker.get("/no-such-post-20250310-1/").status_code == 404


def test_a_post_of_a_summers_day_appears_the_evening_before_in_utc() -> None:
    posts = Blog(SimulatedParliament(as_of=dt.date(2025, 6, 20)), 1, "", "").posts(0, 2)
    assert [f"{post.published_at:%d %H:%M}" for post in posts] == ["20 08:15", "19 23:01"]


@pytest.mark.parametrize(
    "path",
    [
        "/oralquestions/list?parameters.answeringDateStart=2025-03-10&parameters.skip=50",
        "/overview/sectiontrees.json?section=Debate&date=2025-03-12&house=Commons",
        "/debates/debate/20250312-0001-4000-8000-000000000003.json",
        "/feed/atom/?paged=2",
    ],
)
def test_two_servers_give_the_same_bytes(path: str) -> None:
    with serve(SimulatedParliament(seed=5)) as one, serve(SimulatedParliament(seed=5)) as other:
        first, second = (requests.get(server.url + path, timeout=10) for server in (one, other))
    assert first.status_code == 200
    assert first.content == second.content
