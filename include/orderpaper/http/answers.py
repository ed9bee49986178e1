"""The answers of a site, and the checks that they can be used: status, format, and errors inside a body."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec
import requests
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from orderpaper.reading.payloads import error_in, in_short, json_fault

RETRIES = Retry(
    total=4,
    status_forcelist=frozenset({408, 429, *range(500, 600)}),
    backoff_factor=0.5,
    backoff_max=30,
    # The jitter keeps workers that failed together from trying again together.
    backoff_jitter=1,
    retry_after_max=30 * 24 * 3600,
)
"""The statuses after which a request is made again, and the waiting times. There are five attempts in all."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format that an answer must have: its media types, and the tag that shows that a text is complete."""

    title: str
    media_types: frozenset[str]
    closing_tag: bytes


JSON = Format("JSON", frozenset(), b"")
"""Any answer that decodes as JSON, whatever its media type."""
ATOM = Format("Atom", frozenset({"application/atom+xml", "application/xml", "text/xml"}), b"</feed>")
TEXT = Format("plain text", frozenset({"text/plain"}), b"")


@dataclass(frozen=True, slots=True)
class Failure:
    """A request that did not succeed."""

    outcome: str
    """The value for the column of the same name in `FetchRow`."""
    reason: str
    is_final: bool = False
    """Whether it is useless to ask again."""
    retry_after: float | None = None
    """The seconds that the site asks us to wait; None if it does not say."""


@dataclass(slots=True)
class Reply:
    """The result of one request, complete or not."""

    requested_at: dt.datetime
    elapsed_ms: int = 0
    """The time from the request to the end of its answer."""
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=CaseInsensitiveDict)
    body: bytes = b""
    failure: Failure | None = None
    """The reason why there is no complete answer, if there is none."""

    @property
    def media_type(self) -> str:
        """Return the media type that the site gives, without parameters; empty if it gives none."""
        return self.headers.get("Content-Type", "").split(";")[0].strip().lower()

    @property
    def location(self) -> str | None:
        """Return the target of a redirect; None for any other answer."""
        return self.headers.get("Location") if self.status in (301, 302, 303, 307, 308) else None


def fault(reply: Reply, due: Format, *, is_held: bool) -> Failure | None:
    """Return what is wrong with an answer, if anything: its status, its format, or an error inside its body.

    Args:
        reply: the answer.
        due: the format that it must have.
        is_held: whether a 304 is a valid answer, because the landing zone has the body.
    """
    status = reply.status or 0
    if reply.failure:
        return reply.failure
    if status == requests.codes.not_modified and is_held:
        return None
    if RETRIES.is_retry("GET", status):
        outcome = "throttled" if status == requests.codes.too_many_requests else "server_error"
        return Failure(outcome, f"HTTP {status}", retry_after=_retry_after(reply))
    if status == requests.codes.not_found:
        return Failure("not_found", "HTTP 404", is_final=True)
    if status != requests.codes.ok:
        return Failure("client_error", f"HTTP {status}", is_final=True)
    if due is JSON:
        return _fault_in_json(reply)
    if due.media_types and reply.media_type not in due.media_types:
        return _not_due(reply, due)
    if due.closing_tag not in reply.body:
        return Failure("wrong_format", f"{due.title} that stops before its {due.closing_tag.decode()}")
    return None


def _fault_in_json(reply: Reply) -> Failure | None:
    """Return the failure if the body holds an error or is not JSON."""
    try:
        payload = msgspec.json.decode(reply.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _not_due(reply, JSON)
    error = error_in(payload)
    return Failure("in_band_error", f"HTTP 200 with {error}") if error else None


def _not_due(reply: Reply, due: Format) -> Failure:
    outcome = "not_json" if due is JSON else "wrong_format"
    if not reply.body:
        return Failure(outcome, f"an empty body where {due.title} is due")
    if due is JSON and (why := json_fault(reply.body)):
        return Failure(outcome, f"no JSON: {why}")
    start = reply.body[:60].decode("utf-8", "replace").split("\n")[0]
    return Failure(outcome, f"{in_short(reply.media_type) or 'untyped'} where {due.title} is due, beginning {start!r}")


def _retry_after(reply: Reply) -> float | None:
    try:
        return RETRIES.parse_retry_after(reply.headers["Retry-After"])
    except (KeyError, InvalidHeader, ValueError, OverflowError):
        return None
