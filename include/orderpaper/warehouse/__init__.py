"""The warehouse: load records, transform them with dbt, publish snapshots, read them."""

from orderpaper.warehouse.reader import connect

__all__ = ["connect"]
