import datetime as dt
import gzip
import json
from email.utils import format_datetime
from pathlib import Path

import pytest

from orderpaper import http
from orderpaper.errors import UpstreamError
from orderpaper.landing import Landing

JSON = b'{"totalResults": 0, "results": []}'


@pytest.fixture
def sleeps(monkeypatch):
    taken = []
    monkeypatch.setattr(http.time, "sleep", taken.append)
    return taken


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(tmp_path / "landing")


def client(landing, site):
    return http.Client(
        landing=landing,
        source="written_questions",
        run_id="run",
        base_url=site.url,
        user_agent="OrderPaper/test (desk@example.org)",
        requests_per_second=1,
    )


def log(landing):
    lines = [line for path in landing.root.glob("fetch_log/*/*.jsonl") for line in path.read_text().splitlines()]
    return [json.loads(line) for line in lines]


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
    landing.document_path(ref.document_id).write_bytes(b"damaged")
    with client(landing, site) as session:
        assert session.get_json("/1", [], kind="detail", state="a").body == JSON
    assert "If-None-Match" not in site.requests[1][1]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ((429, {"Retry-After": "7"}, b""), "throttled"),
        ((503, {}, b""), "server_error"),
        ((200, {"Content-Type": "text/html"}, b"<html>maintenance</html>"), "not_json"),
        ((200, {}, b""), "not_json"),
        ((200, {}, b'{"results": ['), "not_json"),
        ((200, {}, b'{"results": "\xff"}'), "not_json"),
        ((200, {"Content-Length": "500"}, b'{"results": ['), "connection_error"),
        ((200, {}, b'{"status": 500, "title": "Timeout expired"}'), "in_band_error"),
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
HTML = http.Format("HTML", frozenset({"text/html", "application/xhtml+xml"}), b"</html>")


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


def test_retry_after_is_obeyed_in_seconds_and_as_a_date(landing, site, sleeps):
    later = format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=90), usegmt=True)
    site.answers = [(429, {"Retry-After": "7"}, b""), (503, {"Retry-After": later}, b""), (200, {}, JSON)]
    with client(landing, site) as session:
        session.get_json("/list", [], kind="list")
    waits = [seconds for seconds in sleeps if seconds > 0]
    assert waits[0] == 7
    assert 80 < waits[1] <= 90


def test_a_lasting_fault_says_what_and_where(landing, site, sleeps):
    site.answers = [(200, {"Content-Type": "text/html"}, b"<html>\nmaintenance</html>")]
    with client(landing, site) as session, pytest.raises(UpstreamError) as caught:
        session.get_json("/list", [], kind="list")
    assert str(caught.value) == (
        f"written_questions: text/html where JSON is due, beginning '<html>' at {site.url}/list (attempt 5 of 5)"
    )
    assert len(log(landing)) == 5


def test_a_redirect_is_told_and_not_followed(landing, site):
    site.answers = [(302, {"Location": "http://169.254.169.254/secrets"}, b"")]
    with client(landing, site) as session, pytest.raises(UpstreamError, match=r"redirect to 'http://169\.254"):
        session.get_json("/list", [], kind="list")
    assert [row["outcome"] for row in log(landing)] == ["redirected"]
    assert len(site.requests) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 410])
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


def test_a_body_that_unpacks_to_too_much_is_refused(landing, site, monkeypatch):
    monkeypatch.setattr(http, "MAX_BODY_BYTES", 1 << 20)
    site.answers = [(200, {"Content-Encoding": "gzip"}, gzip.compress(b" " * (8 << 20)))]
    with client(landing, site) as session, pytest.raises(UpstreamError, match="more than 1 MB"):
        session.get_json("/list", [], kind="list")
    assert [row["outcome"] for row in log(landing)] == ["too_large"]


def test_nobody_listening_is_one_sentence(landing, site, sleeps):
    site.url = "http://127.0.0.1:9"
    with client(landing, site) as session, pytest.raises(UpstreamError) as caught:
        session.get_json("/list", [], kind="list")
    assert "Connection refused" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_machines_of_our_own_are_not_paced_but_others_are(landing, site):
    site.answers = [(200, {}, JSON)]
    assert client(landing, site)._interval == 0
    site.url = "https://parliament.example"
    assert client(landing, site)._interval == 1


def test_a_client_that_asked_nothing_leaves_no_log(landing, site):
    with client(landing, site):
        pass
    assert not list(landing.root.glob("fetch_log/*/*"))
