"""Fetch TheyWorkForYou: the list of each folder, and the newest version of each file in the window."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from orderpaper.errors import UpstreamError
from orderpaper.http import TEXT, Client, Format, Landed
from orderpaper.http.each import Each
from orderpaper.landing import Window
from orderpaper.sources import Found
from orderpaper.sources.theyworkforyou.folders import FILE, FOLDERS, LISTING, ROOT, Folder, version_rank

_FILE = Format("a file of TheyWorkForYou", frozenset({"application/xml", "text/xml"}), b"</publicwhip>")


class _Listed(NamedTuple):
    """A file of a list. Of two versions the newer one is greater."""

    rank: tuple[int, str]
    name: str
    day: dt.date
    changed_at: str


def fetch(window: Window, client: Client) -> Found:
    """Land the newest version of every file of the window. It is asked for again when the list says that it changed.

    Of the real site, a folder is read up to the day from which an API of Parliament gives the same.

    Raises:
        UpstreamError: the site did not answer, a list is not one, or too many of the files that it names are missing.
    """
    wanted: dict[str, _Listed] = {}
    for folder in FOLDERS:
        for file in _newest(client, folder):
            is_taken_over = client.is_public and folder.taken_over_on and file.day >= folder.taken_over_on
            if window.start_on <= file.day <= window.end_on and not is_taken_over:
                wanted[f"{folder.name}/{file.name}"] = file
    files = Each(client, "theyworkforyou", "", partial(_file, client, wanted))
    files.fetch({name: file.day for name, file in wanted.items()})
    return Found(when_whole=files.save)


def _file(client: Client, listed: Mapping[str, _Listed], name: str) -> Landed | None:
    state = listed[name].changed_at if name in listed else None
    return client.get(f"{ROOT}{name}", [], due=_FILE, kind="daily_file", state=state, is_optional=True)


def _newest(client: Client, folder: Folder) -> list[_Listed]:
    """Return the newest version of each file of a folder.

    Raises:
        UpstreamError: the list has a line that is not a time and the name of a file.
    """
    listing = client.get(f"{ROOT}{folder.name}/{LISTING}", [], due=TEXT, kind="listing")
    if listing is None:
        raise AssertionError("the list of files is not optional")
    newest: dict[str, _Listed] = {}
    for line in listing.body.decode(errors="replace").split():
        try:
            sitting, listed = _read(line)
        except ValueError as error:
            raise UpstreamError(
                f"theyworkforyou: {listing.ref.url} has the line {line[:60]!r}, where a time and a file are expected,"
                " such as 1256804436,debates2009-10-28a.xml; the list has changed."
            ) from error
        newest[sitting] = max(newest.get(sitting, listed), listed)
    return sorted(newest.values(), key=lambda listed: listed.name)


def _read(line: str) -> tuple[str, _Listed]:
    """Return what a line of a list names: what the file reports, and the file.

    Raises:
        ValueError: it is not a time and the name of a file, or there is no such day.
    """
    changed_at, _, name = line.partition(",")
    file = FILE.fullmatch(name)
    if not changed_at.isdecimal() or not file:
        raise ValueError(line)
    day = dt.date.fromisoformat(file["day"])
    return file["sitting"], _Listed(version_rank(file["version"]), name, day, changed_at)
