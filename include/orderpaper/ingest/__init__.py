"""Fetch and parse: the two steps before the database, for any source. The ingest DAGs call these functions."""

from orderpaper.ingest.chunks import MAX_DOCUMENT_BYTES
from orderpaper.ingest.fetching import FetchSummary, fetch
from orderpaper.ingest.parsing import ParseSummary, make_batch, parse

__all__ = ["MAX_DOCUMENT_BYTES", "FetchSummary", "ParseSummary", "fetch", "make_batch", "parse"]
