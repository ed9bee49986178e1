"""The HTTP client that all sources share. It limits its pace, retries, checks answers, and logs every request."""

from orderpaper.http.answers import ATOM, JSON, TEXT, Format
from orderpaper.http.client import Client
from orderpaper.http.documents import Landed
from orderpaper.http.site import Params

__all__ = ["ATOM", "JSON", "TEXT", "Client", "Format", "Landed", "Params"]
