"""The landing zone: every document that was fetched, kept for ever."""

from orderpaper.landing.window import Window
from orderpaper.landing.zone import DocumentRef, Held, Landing, Manifest, document_name

__all__ = ["DocumentRef", "Held", "Landing", "Manifest", "Window", "document_name"]
