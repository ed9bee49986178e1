"""Read the text of every statement: sums of money, the members named, and what its words say."""

from orderpaper.enrichment.statements import enrich

__all__ = ["enrich"]
