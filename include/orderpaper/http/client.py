"""Fetch documents from a site: retry failures, skip documents that are held, and log every request."""

import datetime as dt
import logging
import math
import threading
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import requests

from orderpaper.catalogue import Source
from orderpaper.errors import NotNowError, UpstreamError
from orderpaper.http.answers import JSON, RETRIES, Failure, Format, Reply, fault
from orderpaper.http.documents import Landed, Wanted
from orderpaper.http.fetch_log import FetchLog
from orderpaper.http.pace import Pace
from orderpaper.http.robots import ADDRESS, ROBOTS, Robots
from orderpaper.http.site import Params, Site
from orderpaper.http.transport import Transport
from orderpaper.landing import DocumentRef, Held, Landing
from orderpaper.meter import Meter

_log = logging.getLogger(__name__)

ATTEMPTS = int(RETRIES.total or 0) + 1
MAX_REDIRECTS = 5
LONGEST_RETRY_SECONDS = 300
"""The longest wait for another attempt. A site that asks for a longer one is not asked again before that time."""
LONGEST_CLOSED_SECONDS = 30 * 24 * 3600
"""The longest time for which a site is obeyed that tells us to wait."""


class Client:
    """A client for one source and one run. It is thread-safe; close it to flush the log.

    Args:
        landing: the landing zone, which keeps the bodies.
        source: the source, whose facts say to which other hosts its site may redirect and whether robots.txt is
            obeyed.
        run_id: the Airflow run, for the log.
        base_url: scheme, host and, if any, port, path prefix, and user and password.
        prefix: the beginning of the addresses of the site's documents in the landing zone; empty for the source's own
            site, whose addresses are relative to its public address.
        user_agent: our name and how to reach us.
        pace_folder: the folder through which this machine's processes share the pace of each host. A host on loopback
            is asked as fast as it answers.
        attempt_began_at: when the attempt at the interval began, in this run or in one that was killed. Documents that
            were asked for since then are not asked for again.
        is_capture: whether the site replays captured files, and so lacks most of what its lists name.

    Raises:
        ConfigError: the base URL is not valid.
    """

    def __init__(
        self,
        *,
        landing: Landing,
        source: Source,
        run_id: str,
        base_url: str,
        user_agent: str,
        pace_folder: Path,
        prefix: str = "",
        attempt_began_at: dt.datetime | None = None,
        is_capture: bool = False,
    ) -> None:
        self.public_url = prefix or source.base_url or ""
        """The public address of the site, even if the requests go to another one."""
        self._prefix = prefix
        public_host = urlsplit(self.public_url).hostname
        others = [] if source.obeys_robots else [*source.allowed_hosts, *filter(None, [public_host])]
        self._site = Site(source.name, base_url, others)
        self._pace = Pace(
            pace_folder,
            self._site.host,
            requests_per_second=None if self._site.is_loopback else source.requests_per_second,
        )
        self._transport = Transport(user_agent, uses_environment=not self._site.is_loopback)
        self._agent = user_agent.partition("/")[0]
        self._source = source
        self.landing = landing
        self.is_capture = is_capture
        self._attempt_began_at = attempt_began_at
        self._lock = threading.Lock()
        self._robots: Robots | None = None
        self._robots_lock = threading.Lock()
        self._documents: dict[tuple[str, str], DocumentRef] = {}
        self._meter = Meter(_log, "documents fetched or found in the landing zone")
        self._log = FetchLog(landing.store, source.name, run_id)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the fetch log. A client that made no request leaves no log."""
        self._log.close()

    @property
    def request_count(self) -> int:
        """Return the number of requests made so far."""
        return self._log.request_count

    @property
    def new_document_count(self) -> int:
        """Return the number of documents that the landing zone did not have before."""
        return self._log.new_document_count

    @property
    def base_url(self) -> str:
        """Return the address to which every path is relative."""
        return self._site.base_url

    @property
    def is_public(self) -> bool:
        """Return whether the site is a real one. A simulated or captured one is on loopback."""
        return not self._site.is_loopback

    @property
    def documents(self) -> list[DocumentRef]:
        """Return every document that this run fetched or found in the landing zone, in a stable order."""
        return [self._documents[key] for key in sorted(self._documents)]

    def reject(self, landed: Landed, reason: str) -> UpstreamError:
        """Take back a document that is another than was asked for, so that the next run asks again; return the error.

        Its body may be that of a document that was asked for too. Parsed by itself, it would be taken for it.
        """
        self.landing.doubt(self._source.name, landed.ref)
        with self._lock:
            self._documents.pop((landed.ref.url, landed.ref.document_id), None)
        return UpstreamError(f"{self._source.name}: {reason}")

    def get_json(
        self,
        path: str,
        params: Params,
        *,
        kind: str,
        state: str | None = None,
        is_optional: bool = False,
        is_repeat: bool = False,
    ) -> Landed | None:
        """Fetch the JSON document at `path`. The arguments, result and errors are those of `get`."""
        return self.get(path, params, due=JSON, kind=kind, state=state, is_optional=is_optional, is_repeat=is_repeat)

    def get(
        self,
        path: str,
        params: Params,
        *,
        due: Format,
        kind: str,
        state: str | None = None,
        is_optional: bool = False,
        is_repeat: bool = False,
    ) -> Landed | None:
        """Fetch the document at `path` into the landing zone, unless a current copy is there; return it.

        Args:
            path: the path below the base URL.
            params: the query, in the order in which it is sent.
            due: the format that the answer must have. An answer in another format is a failure and is retried.
            kind: the source's name for this sort of document.
            state: the state of the resource, if the caller knows it, such as a hash of the list row that points to
                it. No request is made if the landing zone holds the document in that state.
            is_optional: return None for a 404 instead of raising an error.
            is_repeat: ask even for documents that this attempt has asked for, because the answers did not add up.

        Raises:
            UpstreamError: the site gave no valid answer after all retries; the path is not below the base URL; or the
                source obeys robots.txt, which disallows the address.
            NotNowError: the site told us, now or in an earlier run, to wait for longer than `LONGEST_RETRY_SECONDS`.
        """
        url = self.base_url + (below := self._site.address(path, params))
        address = self._prefix + below
        held = self.landing.held(self._source.name, address)
        wanted = Wanted(url, address, due, held, state)
        if held and not is_repeat and wanted.is_current(self._attempt_began_at):
            return self._landed(held, kind)
        if self._source.obeys_robots:
            self._ask_robots(url)
        result = self._fetch(wanted)
        if isinstance(result, Held):
            return self._landed(result, kind)
        if result.outcome == "not_found" and is_optional:
            return None
        raise UpstreamError(f"{self._source.name}: {result.reason}")

    def _landed(self, held: Held, kind: str) -> Landed:
        ref = held.as_reference(kind)
        with self._lock:
            self._documents[(held.url, held.document_id)] = ref
            self._meter.add()
        return Landed(ref, self.landing.read(held.document_id))

    def _ask_robots(self, url: str) -> None:
        """Check that the site's robots.txt, which is read once in a run, allows `url`.

        As RFC 9309 says, a site without the file (4xx) allows everything, and a site that fails to answer (5xx, no
        connection) allows nothing.

        Raises:
            UpstreamError: robots.txt disallows it, or could not be read.
        """
        robots_url = self._site.origin + ADDRESS
        with self._robots_lock:
            if self._robots is None:
                address = self._prefix + ADDRESS
                held = self.landing.held(self._source.name, address)
                result = self._fetch(Wanted(robots_url, address, ROBOTS, held))
                if isinstance(result, Held):
                    self._robots = Robots(self.landing.read(result.document_id), self._agent)
                elif result.outcome in ("not_found", "client_error"):
                    self._robots = Robots(b"", self._agent)
                else:
                    raise UpstreamError(
                        f"{self._source.name}: without its robots.txt nothing of a site may be asked for, and there is"
                        f" {result.reason}"
                    )
        if not self._robots.allows(url.removeprefix(self._site.origin)):
            raise UpstreamError(f"{self._source.name}: {robots_url} does not allow {self._agent} to fetch {url}")

    def _fetch(self, wanted: Wanted) -> Held | Failure:
        """Ask until the body is in the landing zone, or until all attempts have failed."""
        policy = RETRIES
        while True:
            if closed_until := self._pace.closed_until():
                raise NotNowError(
                    f"{self._source.name}: not now: {self._site.host} told us to wait; try again at"
                    f" {closed_until:%Y-%m-%d %H:%M:%S} UTC."
                )
            attempt = len(policy.history) + 1
            result = self._attempt(wanted, attempt)
            if isinstance(result, Held):
                return result
            if result.is_final or not policy.total:
                return replace(result, reason=f"{result.reason} at {wanted.url} (attempt {attempt} of {ATTEMPTS})")
            policy = policy.increment("GET", wanted.url)
            if result.retry_after and result.retry_after > LONGEST_RETRY_SECONDS:
                seconds = math.ceil(min(result.retry_after, LONGEST_CLOSED_SECONDS))
                self._pace.close_until(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds))
                continue
            seconds_left = result.retry_after or policy.get_backoff_time()
            _log.info(
                "%s: %s; asking again in %.0f s (attempt %d of %d).",
                *(self._source.name, result.reason, seconds_left, attempt + 1, ATTEMPTS),
            )
            if result.retry_after:
                self._pace.hold_off(seconds_left)
            else:
                time.sleep(seconds_left)

    def _attempt(self, wanted: Wanted, attempt: int) -> Held | Failure:
        """Ask once, follow redirects, and store the body in the landing zone. Each request is logged."""
        url = wanted.url
        for _ in range(MAX_REDIRECTS + 1):
            with self._pace.turn():
                reply = self._transport.get(url, wanted.conditions(), self._site.credentials_for(url))
            if reply.location is not None and reply.failure is None:
                target = self._follow(url, reply.location)
                if isinstance(target, Failure):
                    self._log.write(url, reply, attempt, failure=target)
                    return target
                self._log.write(url, reply, attempt)
                url = target
                continue
            failure = fault(reply, wanted.due, is_held=wanted.held is not None)
            if failure:
                self._log.write(url, reply, attempt, failure=failure)
                return failure
            entry, is_new = self._land(wanted, reply)
            self._log.write(url, reply, attempt, document_id=entry.document_id, is_new=is_new)
            return entry
        return Failure("redirect_refused", f"more than {MAX_REDIRECTS} redirects", is_final=True)

    def _follow(self, url: str, location: str) -> str | Failure:
        """Return the target of a redirect, or a failure if the site's rules or ours forbid to follow it."""
        target = self._site.follow(url, location)
        if self._robots and isinstance(target, str) and not self._robots.allows(target.removeprefix(self._site.origin)):
            return Failure("redirect_refused", f"a redirect to {target}, which robots.txt disallows,", is_final=True)
        return target

    def _land(self, wanted: Wanted, reply: Reply) -> tuple[Held, bool]:
        """Store the body and the entry of its address; return the entry, and whether the body is new."""
        held = wanted.held
        if reply.status == requests.codes.not_modified and held:
            entry, is_new = replace(held, state=wanted.state, asked_at=reply.requested_at), False
        else:
            document_id, is_new = self.landing.put(reply.body)
            entry = wanted.given(document_id, reply)
        self.landing.hold(self._source.name, entry)
        return entry, is_new
