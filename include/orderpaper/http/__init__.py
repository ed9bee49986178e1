"""The HTTP client: how a source asks a site, and which answers it accepts."""

from orderpaper.http.answers import JSON, Format
from orderpaper.http.client import Client, Landed
from orderpaper.http.site import Params

__all__ = ["JSON", "Client", "Format", "Landed", "Params"]
