"""The landing zone: what was fetched, kept for good."""

from orderpaper.landing.window import Window
from orderpaper.landing.zone import DocumentRef, Held, Landing, Manifest, write_atomically

__all__ = ["DocumentRef", "Held", "Landing", "Manifest", "Window", "write_atomically"]
