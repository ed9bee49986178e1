"""A press blog: the feed is read back to the first day, and a post's page is fetched again only when it changed."""

import re
import urllib.error
import urllib.request
from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from orderpaper import ingest
from orderpaper.catalogue import find_source
from orderpaper.config import Paths
from orderpaper.errors import ParseError, UpstreamError
from orderpaper.http import Client
from orderpaper.landing import Landing, Window, missing
from orderpaper.records import Document, PostSection, Quote
from orderpaper.records.accounting import account
from orderpaper.simulate.faults import Fault
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve
from orderpaper.sources.press_blog.fetch import fetch as read
from orderpaper.sources.press_blog.page import read_page
from orderpaper.sources.press_blog.parse import parse

EXAMPLES = Path(__file__).parent / "parsers/examples/press_blog"
FEED = (EXAMPLES / "feed.xml").read_text().replace("educationhub.blog", "homeofficemedia.blog")
PAGE = (EXAMPLES / "page.html").read_text()
WEEK = Window(date(2025, 3, 10), date(2025, 3, 14))
POSTED = Window(date(2023, 6, 8), date(2023, 6, 8))


def document(body):
    return Document(
        document_id="0", source="press_blog", kind="", url="", media_type="", fetched_at=None, body=body.encode()
    )


def answers(feed=FEED, page=PAGE):
    return [(200, {"Content-Type": "application/atom+xml"}, feed.encode())], [
        (200, {"Content-Type": "text/html"}, page.encode())
    ]


def fetch(tmp_path, site, feed=FEED, window=POSTED):
    """Fetch from a blog whose feed has one page, and none after it."""
    (first,), (page,) = answers(feed)
    empty = re.sub(r"<entry>.*</entry>", "", feed, flags=re.DOTALL).encode()

    def respond(path):
        return page if "feed" not in path else (*first[:2], empty) if "paged" in path else first

    site.respond = respond
    return ingest.fetch(Paths(tmp_path, "simulated"), "press_blog", window, site.url, "run")


def test_a_week_of_posts_is_read_whole_and_asked_for_once(tmp_path):
    paths = Paths(tmp_path, "simulated")
    with serve(SimulatedParliament()) as server:
        fetched = ingest.fetch(paths, "press_blog", WEEK, server.url, "run")
        first = list(server.requests)
        again = ingest.fetch(paths, "press_blog", WEEK, server.url, "run")
        second = server.requests[len(first) :]
    assert again.manifest == fetched.manifest
    assert len([path for path in first if "feed" not in path]) == 30, "two a day on each of three blogs"
    assert all("/feed/atom/" in path for path in second)
    parsed = ingest.parse(paths, "press_blog", fetched.manifest)
    assert parsed.quarantined_count == 0
    assert "drift" not in parsed.record_counts
    assert (parsed.record_counts["post_section"], parsed.record_counts["quote"]) == (90, 60)


def test_the_words_of_an_unknown_element_of_a_feed_are_refused():
    note = "<note xmlns='urn:blog'>Ministers <b>met</b> the hauliers in May.</note>"
    parsed = account(parse(document(FEED.replace("</entry>", f"{note}</entry>", 1))))
    assert [(refusal.address, refusal.text) for refusal in parsed.refusals] == [
        ("/feed/entry[1].{urn:blog}note", "Ministers met the hauliers in May.")
    ]


def test_a_blog_that_fails_keeps_no_other_from_landing_and_is_asked_for_its_days_until_it_answers(
    tmp_path, site, monkeypatch
):
    monkeypatch.setattr("time.sleep", lambda _: None)
    paths = Paths(tmp_path, "simulated")
    file = paths.landing / "missing" / "press_blog.json"
    with serve(SimulatedParliament()) as server:

        def pass_on(path):
            try:
                with urllib.request.urlopen(server.url + path) as answer:
                    return answer.status, {"Content-Type": answer.headers["Content-Type"]}, answer.read()
            except urllib.error.HTTPError as error:
                return error.code, {}, error.read()

        site.respond = lambda path: (500, {}, b"") if path.startswith("/deframedia/feed") else pass_on(path)
        fetched = ingest.fetch(paths, "press_blog", WEEK, site.url, "run")
        assert fetched.manifest.endswith("_lacking")
        landed = {
            document.url for document in Landing(paths.landing).read_manifest("press_blog", fetched.manifest).documents
        }
        assert len([url for url in landed if "feed" not in url and "robots" not in url]) == 20
        absent = missing.read(Landing(paths.landing), file.stem)
        assert [(each.part, each.name) for each in absent] == [("sites", "https://deframedia.blog.gov.uk")] * 5
        assert [each.day for each in absent] == list(WEEK)
        assert "HTTP 500" in absent[0].reason

        site.respond = pass_on
        later = Window(date(2025, 3, 14), date(2025, 3, 14))
        fetched = ingest.fetch(paths, "press_blog", later, site.url, "run")
        assert not fetched.manifest.endswith("_lacking")
        assert missing.read(Landing(paths.landing), file.stem) == []
        landed = {
            document.url for document in Landing(paths.landing).read_manifest("press_blog", fetched.manifest).documents
        }
        assert len([url for url in landed if "deframedia" in url and "feed" not in url and "robots" not in url]) == 10


def test_blogs_that_all_fail_are_an_error(tmp_path, site, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)
    site.respond = lambda _: (500, {}, b"")
    with pytest.raises(UpstreamError, match="HTTP 500"):
        ingest.fetch(Paths(tmp_path, "simulated"), "press_blog", WEEK, site.url, "run")


def test_each_blog_is_asked_for_its_own_posts(tmp_path):
    paths = Paths(tmp_path, "simulated")
    with serve(SimulatedParliament()) as server:
        fetched = ingest.fetch(paths, "press_blog", WEEK, server.url, "run")
        asked = [path for path in server.requests if path.startswith("/deframedia/")]
    assert asked[0] == "/deframedia/feed/atom/"
    batch = paths.records / ingest.parse(paths, "press_blog", fetched.manifest).batch_id
    rows = pq.read_table(batch / "document.parquet", columns=["url", "title"]).to_pylist()
    elsewhere = [row for row in rows if row["url"].startswith("https://deframedia.blog.gov.uk/")]
    assert len(elsewhere) == len(set(asked))
    assert any((row["title"] or "").startswith("Department for Environment") for row in elsewhere)


def test_a_post_of_a_minute_past_midnight_in_london_is_the_next_days(tmp_path, site):
    fetch(tmp_path, site)
    assert "/late-news/" in [path for path, _ in site.requests]
    site.requests.clear()
    fetch(tmp_path / "before", site, window=Window(date(2023, 6, 7), date(2023, 6, 7)))
    assert all("/feed/atom/" in path for path, _ in site.requests)


def test_a_post_that_changed_is_asked_for_again(tmp_path, site):
    fetch(tmp_path, site)
    fetch(tmp_path, site, FEED.replace("<updated>2023-06-08T09:00", "<updated>2023-06-08T11:00"))
    assert [path for path, _ in site.requests].count("/late-news/") == 2


def pages(*numbers):
    """A feed of three posts a page; `numbers` are those of the posts, the newest first."""
    (entry,) = re.findall(r"<entry>.*?</entry>", FEED, flags=re.DOTALL)[:1]
    found = []
    for start in range(0, len(numbers), 3):
        entries = "".join(
            re.sub("<id>.*?</id>", f"<id>https://homeofficemedia.blog.gov.uk/?p={number}</id>", entry)
            for number in numbers[start : start + 3]
        )
        found.append(re.sub(r"<entry>.*</entry>", lambda _, entries=entries: entries, FEED, flags=re.DOTALL).encode())
    return found


class Blog:
    """A blog whose feed is `states[n]` at the request for it of that number, and the last one from then on."""

    def __init__(self, *states):
        self.states = states
        self.asked = []

    def __call__(self, path):
        if "/feed/" not in path:
            return 200, {"Content-Type": "text/html"}, PAGE.encode()
        feed = self.states[min(len(self.asked), len(self.states) - 1)]
        number = int((re.search(r"paged=(\d+)", path) or [0, 1])[1])
        self.asked.append(number)
        if number > len(feed):
            return 404, {}, b""
        return 200, {"Content-Type": "application/atom+xml"}, feed[number - 1]


def read_feed_of(tmp_path, site, blog):
    site.respond = blog
    paths = Paths(tmp_path, "simulated")
    with Client(
        landing=Landing(paths.landing),
        source=find_source("press_blog"),
        run_id="run",
        base_url=site.url,
        user_agent="OrderPaper/test",
        pace_folder=paths.pace,
    ) as client:
        read(Window(date(2010, 1, 1), date(2010, 1, 1)), client)


def test_a_feed_of_several_pages_is_read_until_two_passes_agree(tmp_path, site):
    deleted = Blog(pages(9, 8, 7, 6, 5, 4), pages(9, 8, 6, 5, 4))
    read_feed_of(tmp_path, site, deleted)
    assert deleted.asked == [1, 2, 3] * 3


def test_a_feed_that_ignores_its_page_number_is_one_sentence(tmp_path, site):
    blog = Blog(pages(9, 8, 7) * 1000)
    with pytest.raises(UpstreamError, match=r"page 2 of the feed of .* seems to ignore the parameter paged\."):
        read_feed_of(tmp_path, site, blog)
    assert blog.asked == [1, 2]


def test_a_feed_without_an_end_is_given_up(tmp_path, site, monkeypatch):
    monkeypatch.setattr("orderpaper.sources.press_blog.fetch.MOST_PAGES", 5)
    with pytest.raises(UpstreamError, match=r"has more than 5 pages\."):
        read_feed_of(tmp_path, site, Blog(pages(*range(3000, 0, -1))))


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.example/late-news/",
        "http://169.254.169.254/latest/",
        "/late-news/",
        "https://homeofficemedia.blog.gov.uk",
    ],
)
def test_a_feed_that_sends_us_elsewhere_is_not_followed(tmp_path, site, link):
    feed = FEED.replace('https://homeofficemedia.blog.gov.uk/late-news/" />\n<id>', f'{link}" />\n<id>')
    fetch(tmp_path, site, feed)
    assert all("feed" in path for path, _ in site.requests)
    absent, *_ = missing.read(Landing(tmp_path / "simulated/landing"), "press_blog")
    assert absent.name == link
    assert absent.reason == f"press_blog: the feed links to {link}, which is no post of the blog"


@pytest.mark.parametrize("fault", ["html_for_json", "truncated_body", "http_500", "reset"])
def test_a_faulty_answer_is_asked_for_again_and_nothing_wrong_is_kept(tmp_path, monkeypatch, fault):
    monkeypatch.setattr("time.sleep", lambda _: None)
    counts = []
    for faults in ([], [Fault(fault, 1), Fault(fault, 4)]):
        paths = Paths(tmp_path / str(len(faults)), "simulated")
        with serve(SimulatedParliament(), faults=faults) as server:
            fetched = ingest.fetch(paths, "press_blog", WEEK, server.url, "run")
        counts.append(ingest.parse(paths, "press_blog", fetched.manifest).record_counts)
    assert counts[0] == counts[1]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9))


@pytest.mark.parametrize(
    ("feed", "reason"),
    [
        (FEED.replace("<feed", f"<!DOCTYPE feed [{LAUGHS}]>\n<feed").replace("Late", "&l8;"), "document type|entit"),
        (FEED.replace("<feed", '<!DOCTYPE feed [<!ENTITY f SYSTEM "file:///etc/hostname">]>\n<feed'), "document type"),
        (FEED.replace("<published>2023-06-07T23:01:00Z</published>", ""), "`published`"),
        (FEED.replace("2023-06-07T23:01:00Z", "yesterday"), r"/feed/entry\[1\]: an entry .*published"),
        (FEED.replace("2023-06-07T23:01:00Z", "2023-06-07T23:01:00"), "without its offset"),
        (re.sub(r"<title type=\"html\">.*?</title>", "", FEED), "title"),
        (FEED.replace('rel="alternate"', 'rel="enclosure"'), "`link`"),
        (FEED.replace("</entry>", ""), "not an Atom feed"),
        (FEED.replace("http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/"), "root element"),
    ],
)
def test_a_feed_that_is_not_one_is_refused_with_a_reason(feed, reason):
    with pytest.raises(ParseError, match=reason):
        parse(document(feed))


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (PAGE.replace('id="content"', 'id="other"'), "0 of main#content article.hentry"),
        (PAGE.replace("<h1", "<h4").replace("</h1>", "</h4>"), "0 of :scope > header h1"),
        (PAGE.replace('class="updated"', ""), "time.updated"),
        (PAGE.replace("2023-06-07T23:01:00+00:00", "today"), "no time: 'today'"),
        (PAGE.replace("2023-06-07T23:01:00+00:00", "2013-06-07T10:00:00Z"), "prints 7 June 2023 beside the time 2013"),
        (
            PAGE.replace("<time", '<time class="updated" datetime="2020-01-01T00:00:00Z"></time><time', 1),
            "names several days: 2020-01-01, 2023-06-08",
        ),
        (PAGE.replace("entry-content", "content"), "0 of div.entry-content"),
        (
            re.sub(
                r'<div class="entry-content">.*?</div>\n<footer>',
                '<div class="entry-content"></div>\n<footer>',
                PAGE,
                flags=re.DOTALL,
            ),
            "has no text",
        ),
        (
            PAGE.replace("<blockquote>", "<div>" * 250 + "<blockquote>").replace(
                "</blockquote>", "</blockquote>" + "</div>" * 250
            ),
            "nests elements",
        ),
        ("", "Document is empty"),
    ],
)
def test_a_page_that_is_no_post_is_refused_with_a_reason(page, reason):
    with pytest.raises(ParseError, match=reason):
        parse(document(page))


def at(address):
    """Return the page of a post that says that it is at an address."""
    link = f'<link rel="canonical" href="{address}" />'
    assert "</head>" in PAGE
    return PAGE.replace("</head>", f"{link}</head>")


@pytest.mark.parametrize(
    ("address", "is_own"),
    [
        ("https://homeofficemedia.blog.gov.uk/2023/06/08/fees/", True),
        ("https://HOMEOFFICEMEDIA.blog.gov.uk/2023/06/08/Fees", True),
        ("/2023/06/08/fees/", True),
        ("https://homeofficemedia.blog.gov.uk/2023/06/09/another/", False),
    ],
)
def test_a_post_that_says_that_it_is_another_is_refused(address, is_own):
    asked = replace(document(at(address)), kind="post", url="https://homeofficemedia.blog.gov.uk/2023/06/08/fees/")
    if is_own:
        assert parse(asked).document_kind == "press_post"
    else:
        with pytest.raises(ParseError, match="says that it has another address"):
            parse(asked)


def test_a_post_that_says_that_it_is_another_is_asked_for_again(tmp_path, site):
    (first,), _ = answers()
    empty = re.sub(r"<entry>.*</entry>", "", FEED, flags=re.DOTALL).encode()
    page = at("https://homeofficemedia.blog.gov.uk/2023/06/09/another/")

    def respond(path):
        if "feed" in path:
            return (*first[:2], empty) if "paged" in path else first
        return 200, {"Content-Type": "text/html"}, page.encode()

    site.respond = respond
    paths = Paths(tmp_path, "simulated")
    for _ in range(2):
        site.requests.clear()
        ingest.fetch(paths, "press_blog", POSTED, site.url, "run")
        assert [path for path, _ in site.requests if "feed" not in path and "robots" not in path]
    page = PAGE
    for expected in (True, False):
        site.requests.clear()
        ingest.fetch(paths, "press_blog", POSTED, site.url, "run")
        assert any("feed" not in path and "robots" not in path for path, _ in site.requests) == expected


def test_a_page_with_more_tags_than_a_post_has_is_refused_before_it_is_read():
    page = b'<main id="content"><article class="hentry">' + b"<p>" * 100_000
    with pytest.raises(ParseError, match=r"the page has 100,002 tags; no post comes near 100,000"):
        read_page(page)


@pytest.mark.parametrize(
    ("beside", "refused"),
    [
        ("<p>We spend £55 million on it.</p>", ["We spend £55 million on it."]),
        ("<div class='sharing'><h2>Sharing and comments</h2><a>Share on X</a></div>", []),
    ],
)
def test_sentences_beside_the_body_of_a_post_are_refused(beside, refused):
    parsed = account(parse(document(PAGE.replace("<footer>", f"{beside}<footer>"))))
    assert [refusal.text for refusal in parsed.refusals] == refused
    assert parsed.records == parse(document(PAGE)).records


def test_another_post_on_the_page_of_a_post_is_refused():
    other = "<article><h1>Second post</h1><p>We spend £55 million on all of it.</p></article>"
    with pytest.raises(ParseError, match="the page has another article beside the post, “Second post”"):
        parse(document(PAGE.replace("</main>", f"{other}</main>")))


PICTURE = "A chart in which spending rises to £3 million"


@pytest.mark.parametrize("image", [f'<img src="a.png" alt="{PICTURE}">', f"<p><a><IMG alt='{PICTURE}'/></a></p>"])
@pytest.mark.parametrize("page", [PAGE, (EXAMPLES / "page_without_headings.html").read_text()])
def test_the_text_of_a_picture_is_a_line_of_its_section_and_nobody_says_it(page, image):
    whole = account(parse(document(page)))
    start, end = page.index("entry-content"), page.index("</article>")
    end = page.find("<footer", start, end) if "<footer" in page[start:end] else end
    places = [start + match.end() for match in re.finditer(r"</(?:p|h2|h3|table|blockquote)>", page[start:end])]
    for place in places:
        parsed = account(parse(document(page[:place] + image + page[place:])))
        assert not parsed.refusals
        assert any(PICTURE in f"{r.text}\n{r.heading}" for r in parsed.records if isinstance(r, PostSection))
        assert quoted(parsed) == quoted(whole)


def quoted(parsed):
    """Return the words of each speaker."""
    words = defaultdict(str)
    for quote in parsed.records:
        if isinstance(quote, Quote):
            words[quote.speaker_text] += "".join(quote.text.split())
    return words


def test_a_picture_with_a_short_text_changes_nothing():
    image = '<img src="a.png" alt="The Minister">'
    for place in re.finditer(r"</?(?:p|em|h2|blockquote)>", PAGE):
        assert (
            parse(document(PAGE[: place.end()] + image + PAGE[place.end() :])).records == parse(document(PAGE)).records
        )
