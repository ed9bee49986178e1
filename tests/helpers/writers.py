"""A client of another process that has a database open for writing, as many viewers do by default."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CLIENT = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
connection.execute(sys.argv[2])
print("open", flush=True)
sys.stdin.read()
"""


@contextmanager
def writing(database: Path, query: str = "SELECT 1") -> Iterator[None]:
    """Have the database open for writing, and run a query on it, while the block runs."""
    client = subprocess.Popen(
        [sys.executable, "-c", _CLIENT, str(database), query], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert client.stdout
    assert client.stdout.readline() == "open\n"
    try:
        yield
    finally:
        client.communicate()
