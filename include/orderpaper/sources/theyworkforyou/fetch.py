"""Fetch TheyWorkForYou: the list of each folder, and the newest version of each file in the window."""

import datetime as dt
import re

from orderpaper.errors import UpstreamError
from orderpaper.http import Client, Format
from orderpaper.landing import Window
from orderpaper.sources import Found
from orderpaper.sources.theyworkforyou.folders import FILE, FOLDERS, LISTING, ROOT, Folder, version_rank

_LIST = Format("a list of files", frozenset({"text/plain"}), b"")
_FILE = Format("a file of TheyWorkForYou", frozenset({"application/xml", "text/xml"}), b"</publicwhip>")
_LINE = re.compile(r"(?P<changed_at>\d+),(?P<name>\S+)")


def fetch(window: Window, client: Client) -> Found:
    """Land the newest version of every file of the window. It is asked for again when the list says that it changed.

    Of the real site, a folder is read up to the day from which an API of Parliament gives the same.

    Raises:
        UpstreamError: the site did not answer, or a list is not one.
    """
    for folder in FOLDERS:
        for name, changed_at in _newest(client, folder).items():
            day = dt.date.fromisoformat(FILE.fullmatch(name)["day"])  # type: ignore[index]
            is_taken_over = client.is_public and folder.taken_over_on and day >= folder.taken_over_on
            if window.start_on <= day <= window.end_on and not is_taken_over:
                client.get(f"{ROOT}{folder.name}/{name}", [], due=_FILE, kind="daily_file", state=changed_at)
    return Found()


def _newest(client: Client, folder: Folder) -> dict[str, str]:
    """Return the newest version of each file of a folder, by name, with the time at which it was last changed.

    Raises:
        UpstreamError: the list has a line that is not a time and the name of a file.
    """
    listing = client.get(f"{ROOT}{folder.name}/{LISTING}", [], due=_LIST, kind="listing")
    if listing is None:
        raise AssertionError("the list of files is not optional")
    newest: dict[str, tuple[tuple[int, str], str, str]] = {}
    for line in listing.body.decode(errors="replace").split():
        entry = _LINE.fullmatch(line)
        file = entry and FILE.fullmatch(entry["name"])
        if not entry or not file:
            raise UpstreamError(
                f"theyworkforyou: {listing.ref.url} has the line {line[:60]!r}, where a time and a file are expected,"
                " such as 1256804436,debates2009-10-28a.xml; the list has changed."
            )
        version = (version_rank(file["version"]), entry["name"], entry["changed_at"])
        newest[file["sitting"]] = max(newest.get(file["sitting"], version), version)
    return {name: changed_at for _, name, changed_at in sorted(newest.values())}
