"""Storage: objects under names, in a folder on this machine or below a prefix of a bucket on S3-compatible storage.

Both are stores of obstore, so the same code reads and writes them. An object appears at once with all its bytes, or not
at all, on disk too. Nothing is renamed and nothing is appended to, because object storage cannot do either.

The bucket is reached with the variables that other programs for S3 read: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
`AWS_REGION`, and `AWS_ENDPOINT_URL` for storage that is not Amazon's.
"""

from orderpaper.storage.files import sync, write_atomically
from orderpaper.storage.lines import Lines
from orderpaper.storage.notes import Note
from orderpaper.storage.store import Entry, Location, Store

__all__ = ["Entry", "Lines", "Location", "Note", "Store", "sync", "write_atomically"]
