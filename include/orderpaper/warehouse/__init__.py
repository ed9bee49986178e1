"""Records to warehouse: load, transform, publish, read."""
