"""The landing zone: every document that was fetched, kept for ever."""

from orderpaper.landing.documents import DocumentRef, Held, Manifest
from orderpaper.landing.window import Window
from orderpaper.landing.zone import Landing, document_name

__all__ = ["DocumentRef", "Held", "Landing", "Manifest", "Window", "document_name"]
