"""Damage to the file of a DuckDB database."""

import duckdb

HEADERS = 12_288
BLOCK = 262_144


def flip(path, position):
    """Flip one bit of a file."""
    with path.open("r+b") as file:
        file.seek(position)
        (byte,) = file.read(1)
        file.seek(position)
        file.write(bytes([byte ^ 1]))


def flip_in_table(path, table):
    """Flip a bit in the first block that has rows of a table."""
    with duckdb.connect(path, read_only=True) as connection:
        (block,) = connection.execute(
            f"SELECT min(block_id) FROM pragma_storage_info('{table}') WHERE block_id >= 0"
        ).fetchone()
    flip(path, HEADERS + BLOCK * block + 100)
