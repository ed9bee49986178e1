"""The one polite HTTP client: how a source asks a site, and what it may trust of the answer."""

from orderpaper.http.answers import JSON, Format
from orderpaper.http.client import Client, Landed
from orderpaper.http.site import Params

__all__ = ["JSON", "Client", "Format", "Landed", "Params"]
