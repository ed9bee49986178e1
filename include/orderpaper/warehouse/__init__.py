"""Records to warehouse: load, transform, publish, read."""

from orderpaper.warehouse.reader import connect

__all__ = ["connect"]
