"""Say what to do when DuckDB finds that the file of a database is damaged.

DuckDB compares each block with its checksum whenever it reads one, so a damaged block is an error and never a wrong
value. Everything in the databases of a build can be made again from the records.
"""

from pathlib import Path

_SIGNS = ("Corrupt database file", "Could not read", "not a valid DuckDB database file")


def advice(reason: str, folder: Path) -> str:
    """Return what to do about an error of DuckDB on a database in `folder`, if it says that a file is damaged.

    The text is the end of a sentence. It is empty if the error says something else.
    """
    if not any(sign in reason for sign in _SIGNS):
        return ""
    return f"; a database in {folder} is damaged: delete that folder, and the next run makes it again from the records"
