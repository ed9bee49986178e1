"""Suites."""

from orderpaper.quality.checks import Check


def suites() -> dict[str, tuple[Check, ...]]:
    """Suites."""
    return {}
