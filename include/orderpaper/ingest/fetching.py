"""Fetch the documents of a source for an interval into the landing zone."""

import datetime as dt
import importlib
import logging
from dataclasses import dataclass

from orderpaper import config
from orderpaper.catalogue import Source, calendar_of, find_source, load_sources
from orderpaper.config import Paths
from orderpaper.errors import ConfigError, NotNowError, OrderPaperError
from orderpaper.http import Client
from orderpaper.ingest import volume
from orderpaper.ingest.sites import Sites
from orderpaper.landing import Landing, Manifest, Window, attempts
from orderpaper.sources import Found

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FetchSummary:
    """The result of one fetch. `manifest` names the documents that it found, for `parse`."""

    manifest: str
    document_count: int
    new_document_count: int
    request_count: int
    is_given_again: bool = False
    """Whether the documents are those of an earlier fetch, and another fetch came between. What is newest may change,
    although there is nothing new to parse."""


def fetch(
    paths: Paths,
    source_name: str,
    window: Window,
    base_url: str | None,
    run_id: str,
    *,
    is_backfill: bool = False,
) -> FetchSummary:
    """Land what `source_name` has for `window` and write a manifest of these documents.

    Requests that an earlier attempt at the same days made before it was killed are not made again.

    Args:
        paths: the realm to land in.
        source_name: a folder under `sources`.
        window: the days to ask for.
        base_url: where to ask; None for a source that is not fetched over HTTP.
        run_id: the Airflow run, for the fetch log.
        is_backfill: skip a window that was fetched whole before.

    Raises:
        ConfigError: there is no such source, or it has no address.
        UpstreamError: the site did not answer as agreed, or gave an incredible number of documents.
        NotNowError: the site told us to come back later.
    """
    source = find_source(source_name)
    landing = Landing(paths.landing)
    if is_backfill and not attempts.is_open(landing, source_name, window):
        name = landing.whole_interval(source_name, window.start_on, window.end_on)
        if name:
            _log.info("%s: %s to %s was fetched whole before, so no site is asked.", source.title, *_days(window))
            return FetchSummary(name, len(landing.read_manifest(source_name, name).documents), 0, 0)
    found = Found()
    module = importlib.import_module(f"orderpaper.sources.{source_name}.fetch")
    if source.connection_id is None:
        _log.info("Reading %s from %s.", source.title, config.inbox())
        documents, new_count = module.fetch(config.inbox(), landing)
        request_count = 0
    else:
        if not base_url:
            raise ConfigError(f"{source_name} has no address to ask; set the connection {source.connection_id}.")
        _log.info("Asking %s for %s to %s.", source.title, *_days(window))
        began_at = attempts.begin(landing, source_name, window, dt.datetime.now(dt.UTC))
        documents, new_count, request_count = [], 0, 0
        sites = Sites(landing, source, dt.datetime.now(dt.UTC).date())
        try:
            for site_url, prefix in source.sites_at(base_url):
                with Client(
                    landing=landing,
                    source=source,
                    run_id=run_id,
                    base_url=site_url,
                    prefix=prefix,
                    user_agent=config.user_agent(),
                    pace_folder=paths.pace,
                    attempt_began_at=began_at,
                    is_capture=paths.realm.startswith(volume.CAPTURED),
                ) as client:
                    found = found.joined_with(sites.fetch(module.fetch, window, client))
                documents += client.documents
                new_count += client.new_document_count
                request_count += client.request_count
            found = found.joined_with(sites.found())
            volume.check_details(source, paths.realm, found.detail_count, found.missing_count)
            sitting_days = _sitting_days(source, landing, window) - found.incomplete_on
            volume.check(source, paths.realm, window, found.counts, sitting_days)
        except NotNowError:  # the attempt goes on when the site may be asked again
            raise
        except OrderPaperError:
            attempts.end(landing, source_name, window)
            raise
    manifest = Manifest(
        source=source_name, interval_start=window.start_on, interval_end=window.end_on, documents=documents
    )
    landing.seal(source_name, documents)
    earlier, before = landing.manifests(source_name), landing.newest_manifest(source_name)
    if source.connection_id is None and before and documents == landing.read_manifest(source_name, before).documents:
        # A folder has no days, so the same files on another day are no news, and the warehouse is not built for them.
        _log.info("%s has the same documents as before.", source.title)
        return FetchSummary(before, len(documents), new_count, request_count)
    name = landing.write_manifest(manifest, lacks_lists=bool(found.incomplete_on))
    found.when_whole()
    attempts.end(landing, source_name, window)
    return FetchSummary(
        name, len(documents), new_count, request_count, is_given_again=name in earlier and name != before
    )


def _days(window: Window) -> tuple[dt.date, dt.date]:
    return window.start_on, window.end_on


def _sitting_days(source: Source, landing: Landing, window: Window) -> set[dt.date]:
    """Return the known sitting days of the window, according to the source that has the calendar."""
    knows = calendar_of(source, load_sources())
    if knows is None:
        return set()
    days: set[dt.date] = importlib.import_module(f"orderpaper.sources.{knows.name}.calendar").sitting_days(
        landing, window
    )
    return days
