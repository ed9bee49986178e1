"""robots.txt: its rules, and what a source that obeys it may ask for."""

import pytest
from clients import OK, client, log
from hypothesis import given
from hypothesis import strategies as st

from orderpaper.errors import UpstreamError
from orderpaper.http.robots import Robots

RULES = b"""\xef\xbb\xbf# Who may read what
User-agent: *
Disallow: /

user-agent: Other
User-Agent: orderpaper   # that is us
Allow: /debates
Disallow: /debates/private
Disallow: /*.json$
Disallow: /search?*page=
Allow: /
Sitemap: https://www.example/sitemap.xml

User-agent: orderpaper
Disallow: /caf%C3%A9
Disallow:
"""


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/", True),
        ("/debates/1", True),
        ("/debates/private/1", False),
        ("/members.json", False),
        ("/members.json?x=1", True),
        ("/search?page=2", False),
        ("/search?q=a&page=2", False),
        ("/search?q=a", True),
        ("/caf%c3%a9", False),
        ("/café", False),
    ],
)
def test_the_longest_rule_of_our_own_groups_decides(address, expected):
    assert Robots(RULES, "OrderPaper").allows(address) is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", True),
        (b"User-agent: *\nDisallow:", True),
        (b"User-agent: *\nDisallow: /", False),
        (b"User-agent: Other\nDisallow: /", True),
        (b"Disallow: /", True),
        (b"User-agent: *\r\nDisallow: /a\r\nAllow: /a", True),
        (b"User-agent: *\nCrawl-delay: 5\nUser-agent: Other\nDisallow: /", False),
        (b"User-agent: *\nDisallow: " + b"/*a" * 5000 + b"$", True),
        (b"\x00\xff\n:\nUser-agent\n", True),
    ],
)
def test_what_holds_for_everyone(body, expected):
    assert Robots(body, "OrderPaper").allows("/a" + "a" * 2000) is expected


def obeying(landing, site, *answers):
    site.answers = list(answers)
    return client(landing, site, obeys_robots=True)


def text(body):
    return 200, {"Content-Type": "text/plain"}, body


def test_it_is_asked_for_once_a_run_and_logged(landing, site):
    with obeying(landing, site, text(b"User-agent: *\nDisallow: /private"), OK) as session:
        session.get_json("/1", [], kind="list")
        session.get_json("/2", [], kind="list")
        with pytest.raises(UpstreamError, match=r"robots\.txt does not allow OrderPaper to fetch .*/private/1"):
            session.get_json("/private/1", [], kind="list")
        assert [ref.url for ref in session.documents] == ["/1", "/2"]
    assert [path for path, _ in site.requests] == ["/robots.txt", "/1", "/2"]
    assert [row["outcome"] for row in log(landing)] == ["fetched"] * 3


@pytest.mark.parametrize("status", [404, 403, 410])
def test_a_site_without_one_allows_everything(landing, site, status):
    with obeying(landing, site, (status, {}, b""), OK) as session:
        assert session.get_json("/1", [], kind="list")
    assert [row["status_code"] for row in log(landing)] == [status, 200]


def test_a_site_that_cannot_say_allows_nothing(landing, site, sleeps):
    with (
        obeying(landing, site, (503, {}, b"")) as session,
        pytest.raises(
            UpstreamError, match=r"nothing of a site may be asked for, and there is HTTP 503 at .*robots\.txt"
        ),
    ):
        session.get_json("/1", [], kind="list")
    assert {path for path, _ in site.requests} == {"/robots.txt"}


def test_a_redirect_to_what_is_disallowed_is_not_followed(landing, site):
    rules = text(b"User-agent: *\nDisallow: /private")
    with (
        obeying(landing, site, rules, (302, {"Location": "/private/1"}, b"")) as session,
        pytest.raises(UpstreamError, match=r"which robots\.txt disallows"),
    ):
        session.get_json("/1", [], kind="list")
    assert [path for path, _ in site.requests] == ["/robots.txt", "/1"]


@given(st.binary(), st.text())
def test_any_file_is_read(body, address):
    assert Robots(body, "OrderPaper").allows(address) in (True, False)
    assert not Robots(b"User-agent: *\nDisallow: /\n\n" + body.replace(b":", b""), "OrderPaper").allows("/" + address)
