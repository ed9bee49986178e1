"""Facts read from the text of every statement: sums of money and the members named."""

from orderpaper.enrichment.statements import ENRICHMENT_VERSION, enrich

__all__ = ["ENRICHMENT_VERSION", "enrich"]
