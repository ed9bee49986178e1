"""Facts read from the text of every statement: sums of money and the members named."""

from orderpaper.enrichment.statements import enrich

__all__ = ["enrich"]
