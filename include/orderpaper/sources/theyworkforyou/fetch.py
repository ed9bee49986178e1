"""Fetch TheyWorkForYou: the list of each folder, and the newest version of each file in the window."""

from collections.abc import Mapping
from functools import partial

from orderpaper.errors import ParseError, UpstreamError
from orderpaper.http import TEXT, Client, Format, Landed
from orderpaper.http.each import Each
from orderpaper.landing import Window
from orderpaper.sources import Found
from orderpaper.sources.theyworkforyou.folders import FOLDERS, LISTING, ROOT, Folder, Listed, read_listing

_FILE = Format("a file of TheyWorkForYou", frozenset({"application/xml", "text/xml"}), b"</publicwhip>")


def fetch(window: Window, client: Client) -> Found:
    """Land the newest version of every file of the window. It is asked for again when the list says that it changed.

    Of the real site, a folder is read up to the day from which an API of Parliament gives the same.

    Raises:
        UpstreamError: the site did not answer, a list is not one, or too many of the files that it names are missing.
    """
    wanted: dict[str, Listed] = {}
    for folder in FOLDERS:
        for file in _newest(client, folder):
            is_taken_over = client.is_public and folder.taken_over_on and file.day >= folder.taken_over_on
            if window.start_on <= file.day <= window.end_on and not is_taken_over:
                wanted[f"{folder.name}/{file.name}"] = file
    files = Each(client, "theyworkforyou", "", partial(_file, client, wanted), workers=1)
    files.fetch({name: file.day for name, file in wanted.items()})
    return Found(when_whole=files.save)


def _file(client: Client, listed: Mapping[str, Listed], name: str) -> Landed | None:
    state = listed[name].changed_at if name in listed else None
    return client.get(f"{ROOT}{name}", [], due=_FILE, kind="daily_file", state=state, is_optional=True)


def _newest(client: Client, folder: Folder) -> list[Listed]:
    """Return the newest version of each file of a folder. The parser refuses lines that are not understood.

    Raises:
        UpstreamError: no line of the list is a time and the name of a file.
    """
    landed = client.get(f"{ROOT}{folder.name}/{LISTING}", [], due=TEXT, kind="listing")
    if landed is None:
        raise AssertionError("the list of files is not optional")
    try:
        listed, _ = read_listing(landed.body)
    except ParseError as error:
        raise UpstreamError(f"theyworkforyou: {landed.ref.url} has {error}; the list has changed.") from error
    newest: dict[str, Listed] = {}
    for file in listed:
        newest[file.sitting] = max(newest.get(file.sitting, file), file)
    return sorted(newest.values(), key=lambda file: file.name)
