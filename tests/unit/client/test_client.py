"""The client against a site whose every answer is scripted: what it lands, asks again, follows, refuses and logs."""

import datetime as dt
import functools
import gzip
import re
import socket
import threading
import time
import tracemalloc
from email.utils import format_datetime
from io import FileIO

import pytest
from clients import JSON, OK, client, log

from orderpaper.errors import ConfigError, NotNowError, OrderPaperError, UpstreamError
from orderpaper.http import Format, deadline, transport
from orderpaper.http import client as client_module
from orderpaper.landing import document_name


def test_a_body_is_landed_under_its_hash_and_logged(landing, site):
    site.answers = [(200, {"ETag": '"1"'}, JSON)]
    with client(landing, site) as session:
        landed = session.get_json("/list", [("skip", 0)], kind="list")
    assert landing.read(landed.ref.document_id) == JSON
    (row,) = log(landing)
    assert (row["outcome"], row["status_code"], row["is_new_document"]) == ("fetched", 200, True)
    assert row["url"] == f"{site.url}/list?skip=0"
    assert site.requests[0][1]["User-Agent"] == "OrderPaper/test (desk@example.org)"


def test_not_modified_is_an_outcome_and_no_new_document(landing, site):
    site.answers = [(200, {"ETag": '"1"'}, JSON), (304, {}, b"")]
    for _ in range(2):
        with client(landing, site) as session:
            landed = session.get_json("/list", [], kind="list")
            assert landed.body == JSON
    assert site.requests[1][1]["If-None-Match"] == '"1"'
    assert sorted(row["outcome"] for row in log(landing)) == ["fetched", "not_modified"]
    assert sum(row["is_new_document"] for row in log(landing)) == 1


def test_a_resource_in_a_known_state_is_not_asked_for_again(landing, site):
    site.answers = [(200, {}, JSON)]
    for state in ("a", "a", "b"):
        with client(landing, site) as session:
            session.get_json("/1", [], kind="detail", state=state)
            assert [ref.kind for ref in session.documents] == ["detail"]
    assert len(site.requests) == 2


def test_a_damaged_document_is_fetched_again(landing, site):
    site.answers = [(200, {"ETag": '"1"'}, JSON)]
    with client(landing, site) as session:
        ref = session.get_json("/1", [], kind="detail", state="a").ref
    (landing.root / document_name(ref.document_id)).write_bytes(b"damaged")
    with client(landing, site) as session:
        assert session.get_json("/1", [], kind="detail", state="a").body == JSON
    assert "If-None-Match" not in site.requests[1][1]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ((429, {"Retry-After": "7"}, b""), "throttled"),
        ((503, {}, b""), "server_error"),
        ((522, {}, b""), "server_error"),
        ((408, {}, b""), "server_error"),
        ((200, {"Content-Type": "text/html"}, b"<html>maintenance</html>"), "not_json"),
        ((200, {}, b""), "not_json"),
        ((200, {}, b'{"results": ['), "not_json"),
        ((200, {}, b'{"results": "\xff"}'), "not_json"),
        ((200, {"Content-Length": "500"}, b'{"results": ['), "connection_error"),
        ((200, {}, b'{"status": 500, "title": "Timeout expired"}'), "in_band_error"),
        ((200, {}, b'{"Success": false, "StatusCode": 500, "Errors": ["Timeout"], "Response": []}'), "in_band_error"),
        ((200, {"Content-Encoding": "gzip"}, gzip.compress(JSON)[:-12]), "not_json"),
        ((200, {"Content-Encoding": "gzip"}, b"no gzip"), "connection_error"),
    ],
)
def test_a_passing_fault_is_retried_and_every_request_logged(landing, site, sleeps, answer, outcome):
    status, headers, body = answer
    site.answers = [(status, {**headers, "Connection": "close"}, body), (200, {}, JSON)]
    with client(landing, site) as session:
        assert session.get_json("/list", [], kind="list").body == JSON
    assert [row["outcome"] for row in log(landing)] == [outcome, "fetched"]
    assert [row["attempt"] for row in log(landing)] == [1, 2]


PAGE = b"<!DOCTYPE html><html><body><p>Post</p></body></html>"
HTML = Format("HTML", frozenset({"text/html", "application/xhtml+xml"}), b"</html>")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (("application/json", JSON), 'application/json where HTML is due, beginning \'{"totalResults"'),
        (("text/html; charset=utf-8", PAGE[:-10]), "HTML that stops before its </html>"),
        (("text/html", b""), "HTML that stops before its </html>"),
    ],
)
def test_a_page_of_another_format_or_cut_is_retried(landing, site, sleeps, answer, reason):
    media_type, body = answer
    site.answers = [
        (200, {"Content-Type": media_type}, body),
        (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
    ]
    with client(landing, site) as session:
        assert session.get("/post/", [], due=HTML, kind="post").body == PAGE
    failed, fetched = log(landing)
    assert (failed["outcome"], fetched["outcome"]) == ("wrong_format", "fetched")
    assert failed["error"].startswith(reason)


def as_header(asked):
    """Return a header as it is given, or the moment that is so far from now."""
    if isinstance(asked, str):
        return asked
    return format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(**asked), usegmt=True)


@pytest.mark.parametrize(
    ("asked", "expected"), [("7", 7), ("300", 300), ({"minutes": 4}, 240)], ids=["seconds", "five_minutes", "date"]
)
def test_retry_after_is_obeyed_in_seconds_and_as_a_date(landing, site, sleeps, asked, expected):
    site.answers = [(429, {"Retry-After": as_header(asked)}, b""), OK]
    with client(landing, site) as session:
        session.get_json("/list", [], kind="list")
    assert sleeps[0] == pytest.approx(expected, abs=60 if isinstance(asked, dict) else 2)


@pytest.mark.parametrize(
    ("asked", "days"),
    [("86400", 1), ({"days": 3}, 3), ("9" * 12, 30), ({"days": 10_000}, 30), ("301", 301 / 86400)],
    ids=["a day", "a date", "longest", "far date", "just longer"],
)
def test_a_site_that_asks_for_a_long_wait_is_not_asked_before(landing, site, sleeps, asked, days):
    site.answers = [(503, {"Retry-After": as_header(asked)}, b""), OK]
    for _ in range(2):
        with client(landing, site) as session, pytest.raises(NotNowError) as caught:
            session.get_json("/list", [], kind="list")
    host, moment = re.fullmatch(
        r"written_questions: not now: (\S+) told us to wait; try again at (\S+ \S+) UTC\.", str(caught.value)
    ).groups()
    until = dt.datetime.fromisoformat(f"{moment}+00:00")
    assert until - dt.datetime.now(dt.UTC) == pytest.approx(dt.timedelta(days=days), abs=dt.timedelta(minutes=2))
    assert (host, len(site.requests), sleeps) == ("127.0.0.1", 1, [])


def test_a_site_is_asked_again_when_the_wait_is_over(landing, site, sleeps, monkeypatch):
    site.answers = [(429, {"Retry-After": "3600"}, b""), OK]
    with client(landing, site) as session, pytest.raises(NotNowError):
        session.get_json("/list", [], kind="list")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3601)
    with client(landing, site) as session:
        assert session.get_json("/list", [], kind="list").body == OK[2]


@pytest.mark.parametrize("asked", ["9" * 5000, "-1", "1e9", ""])
def test_a_retry_after_that_is_nonsense_is_ignored(landing, site, sleeps, asked):
    site.answers = [(429, {"Retry-After": asked}, b""), OK]
    with client(landing, site) as session:
        assert session.get_json("/list", [], kind="list").body == OK[2]


def test_retry_after_holds_for_every_client_of_the_machine(landing, site, sleeps):
    site.answers = [(503, {"Retry-After": "90"}, b""), OK]
    with client(landing, site) as one, client(landing, site) as other:
        one.get_json("/list", [], kind="list")
        sleeps.clear()
        other.get_json("/other", [], kind="list")
    assert sleeps[0] == pytest.approx(90, abs=5)


def test_backoff_grows_and_is_capped_when_the_site_says_nothing_or_nonsense(landing, site, sleeps):
    site.answers = [(503, {"Retry-After": "soon"}, b"")]
    with client(landing, site) as session, pytest.raises(UpstreamError, match="attempt 5 of 5"):
        session.get_json("/list", [], kind="list")
    assert len(sleeps) == 4
    assert sleeps[0] == 0
    assert all(low <= slept <= low + 1 for low, slept in zip((1, 2, 4), sleeps[1:], strict=True))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'\xef\xbb\xbf{"a": 1}', "no JSON: it begins with a byte order mark of UTF-8, which JSON must not have at "),
        (b'{"a": "\\ud83d"}', "no JSON: it holds half of a surrogate pair, "),
        (b"[" * 100_000, "no JSON: it nests too deep at "),
    ],
)
def test_a_body_that_is_no_json_is_named(landing, site, sleeps, body, reason):
    site.answers = [(200, {}, body)]
    with client(landing, site) as session, pytest.raises(UpstreamError) as caught:
        session.get_json("/list", [], kind="list")
    assert str(caught.value).startswith(f"written_questions: {reason}")
    assert len(str(caught.value)) < 250


def test_a_lasting_fault_says_what_and_where(landing, site, sleeps):
    site.answers = [(200, {"Content-Type": "text/html"}, b"<html>\nmaintenance</html>")]
    with client(landing, site) as session, pytest.raises(UpstreamError) as caught:
        session.get_json("/list", [], kind="list")
    assert str(caught.value) == (
        f"written_questions: text/html where JSON is due, beginning '<html>' at {site.url}/list (attempt 5 of 5)"
    )
    assert len(log(landing)) == 5


def test_a_redirect_within_the_site_is_followed_and_each_hop_logged(landing, site):
    site.answers = [(301, {"Location": "/feed/atom/"}, b""), (302, {"Location": "../atom/?page=1#top"}, b""), OK]
    with client(landing, site) as session:
        landed = session.get_json("/feed/", [], kind="feed")
    assert (landed.ref.url, landed.body) == ("/feed/", JSON)
    assert [path for path, _ in site.requests] == ["/feed/", "/feed/atom/", "/feed/atom/?page=1"]
    assert [(row["outcome"], row["attempt"]) for row in log(landing)] == [
        ("redirected", 1),
        ("redirected", 1),
        ("fetched", 1),
    ]


def test_what_was_redirected_is_asked_for_conditionally_again(landing, site):
    site.answers = [(301, {"Location": "/new"}, b""), (200, {"ETag": '"1"'}, JSON)]
    site.answers += [(301, {"Location": "/new"}, b""), (304, {}, b"")]
    for _ in range(2):
        with client(landing, site) as session:
            assert session.get_json("/old", [], kind="list").body == JSON
    assert site.requests[3][1]["If-None-Match"] == '"1"'


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/secrets",
        "http://127.0.0.1:1/",
        "http://localhost/",
        "https://parliament.example/",
        "//elsewhere.example/",
        "file:///etc/passwd",
        "http://[::1",
        "http://[fe80::1]/",
        "http://user:password@127.0.0.1/",
    ],
)
def test_a_redirect_to_elsewhere_is_told_and_not_followed(landing, site, target):
    site.answers = [(302, {"Location": target}, b"")]
    facts = {"base_url": "https://parliament.example", "allowed_hosts": frozenset({"localhost"})}
    with client(landing, site, **facts) as session, pytest.raises(UpstreamError, match="not followed") as caught:
        session.get_json("/list", [], kind="list")
    assert "password" not in str(caught.value)
    assert [row["outcome"] for row in log(landing)] == ["redirect_refused"]
    assert len(site.requests) == 1


def test_redirects_without_end_are_left_after_five(landing, site):
    site.answers = [(302, {"Location": "/again"}, b"")]
    with client(landing, site) as session, pytest.raises(UpstreamError, match="more than 5 redirects"):
        session.get_json("/list", [], kind="list")
    assert len(site.requests) == len(log(landing)) == 6


def test_a_password_in_the_base_url_is_shown_to_the_site_and_to_no_log(landing, site):
    site.url = site.url.replace("http://", "http://desk:s%40cret@")
    site.answers = [OK, (404, {}, b"")]
    with client(landing, site) as session:
        session.get_json("/list", [], kind="list")
        with pytest.raises(UpstreamError) as caught:
            session.get_json("/1", [], kind="detail")
    assert site.requests[0][1]["Authorization"] == "Basic ZGVzazpzQGNyZXQ="
    written = "".join(path.read_text() for path in landing.root.rglob("*") if path.is_file())
    for text in (written, str(caught.value), session.base_url):
        assert "cret" not in text
        assert "desk" not in text


@pytest.mark.parametrize(
    "url", ["ftp://a.example", "a.example", "https://", "https://a.example:port", "https://[::1", ""]
)
def test_a_base_url_that_is_none_is_one_sentence(landing, site, url):
    site.url = url
    with pytest.raises(ConfigError, match="is not a web address"):
        client(landing, site)


@pytest.mark.parametrize("status", [204, 400, 401, 403, 410])
def test_a_refusal_is_not_retried(landing, site, status):
    site.answers = [(status, {}, b"")]
    with client(landing, site) as session, pytest.raises(UpstreamError, match=f"HTTP {status}"):
        session.get_json("/list", [], kind="list")
    assert [row["outcome"] for row in log(landing)] == ["client_error"]


def test_a_missing_detail_is_an_answer_where_it_is_optional(landing, site):
    site.answers = [(404, {}, b"{}")]
    with client(landing, site) as session:
        assert session.get_json("/1", [], kind="detail", is_optional=True) is None
        with pytest.raises(UpstreamError, match="HTTP 404"):
            session.get_json("/1", [], kind="detail")


@functools.cache
def bomb(encoding):
    """Return what becomes 64 MB, compressed once or twice."""
    once = gzip.compress(bytes(64 << 20), 1)
    return once if encoding == "gzip" else gzip.compress(once)


"""64 MB in 64 kB."""


@pytest.mark.parametrize("status", [200, 302, 404, 500])
@pytest.mark.parametrize("encoding", ["gzip", "gzip, gzip"])
def test_a_body_that_unpacks_to_too_much_is_refused_in_little_memory(landing, site, monkeypatch, status, encoding):
    monkeypatch.setattr(transport, "MAX_BODY_BYTES", 4 << 20)
    body = bomb(encoding)
    site.answers = [(status, {"Content-Encoding": encoding, "Location": "/"}, body)]
    tracemalloc.start()
    with client(landing, site) as session, pytest.raises(UpstreamError, match="more than 4 MB"):
        session.get_json("/list", [], kind="list")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * transport.MAX_BODY_BYTES
    assert [row["outcome"] for row in log(landing)] == ["too_large"]


class DrippingSite:
    """Sends `head`, then one byte after another for ever."""

    def __init__(self, head: bytes) -> None:
        self.head = head
        self.is_over = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        connection, _ = self.listener.accept()
        with connection:
            connection.sendall(self.head)
            while not self.is_over.wait(0.01):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    def close(self) -> None:
        self.is_over.set()
        self.listener.close()


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"")[:3] + b"\x08" + bytes(6),
    ],
)
def test_an_answer_that_drips_is_cut_off_at_the_deadline(landing, monkeypatch, head):
    monkeypatch.setattr(deadline, "TOTAL_SECONDS", 0.2)
    monkeypatch.setattr(client_module, "RETRIES", client_module.RETRIES.new(total=0))
    site = DrippingSite(head)
    with client(landing, site) as session, pytest.raises(UpstreamError, match=r"no complete answer within 0.2 s"):
        session.get_json("/list", [], kind="list")
    site.close()
    assert [row["outcome"] for row in log(landing)] == ["timeout"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"ICY 200 OK\r\n\r\n",
        b"HTTP/1.1 many OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: " + b"gzip, " * 20 + b"gzip\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 200 + b"\r\n{}",
    ],
)
def test_what_is_no_http_is_a_failure_in_one_line(landing, monkeypatch, raw):
    monkeypatch.setattr(client_module, "RETRIES", client_module.RETRIES.new(total=0))
    site = DrippingSite(raw)
    site.is_over.set()
    with client(landing, site) as session, pytest.raises(UpstreamError, match="no complete answer") as caught:
        session.get_json("/list", [], kind="list")
    site.close()
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500
    assert [row["outcome"] for row in log(landing)] == ["connection_error"]


@pytest.mark.parametrize("etag", ["\xff", "a\x01b", "\x00"])
def test_nonsense_in_a_header_is_not_sent_back(landing, site, etag):
    site.answers = [(200, {"ETag": etag}, JSON), OK]
    for _ in range(2):
        with client(landing, site) as session:
            assert session.get_json("/list", [], kind="list").body == JSON
    assert "If-None-Match" not in site.requests[1][1]


def test_nobody_listening_is_one_sentence(landing, site, sleeps):
    site.url = "http://127.0.0.1:9"
    with client(landing, site) as session, pytest.raises(UpstreamError) as caught:
        session.get_json("/list", [], kind="list")
    assert "cannot be reached (Connection refused) at http://127.0.0.1:9/list" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_machines_of_our_own_are_not_paced_but_others_are(landing, site):
    site.answers = [OK]
    assert client(landing, site)._pace.interval == 0
    site.url = "https://parliament.example"
    assert client(landing, site)._pace.interval == 1


def test_a_client_that_asked_nothing_leaves_no_log(landing, site):
    with client(landing, site):
        pass
    assert not list(landing.root.glob("fetch_log/*/*"))


@pytest.mark.parametrize("folder", ["pace", "landing/fetch_log/written_questions"])
def test_a_disk_that_refuses_is_one_sentence(landing, site, folder):
    path = landing.root.parent / folder
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("a file where a folder is due")
    with pytest.raises(OrderPaperError, match=r"cannot be (made|written): File exists"):
        client(landing, site)


def test_a_full_disk_is_one_sentence(landing, site):
    site.answers = [OK]
    session = client(landing, site)
    session._log._lines._file = FileIO("/dev/full", "a")
    with session, pytest.raises(OrderPaperError, match=r"fetch_log/.* cannot be written: No space left on device"):
        session.get_json("/list", [], kind="list")
