"""Fetch TheyWorkForYou: the list of each folder, and the newest version of each file in the window."""

import datetime as dt
from collections.abc import Mapping
from functools import partial

from orderpaper.errors import ParseError, UpstreamError
from orderpaper.http import TEXT, Client, Format, Landed
from orderpaper.http.each import Each
from orderpaper.http.lists import Lists
from orderpaper.landing import Window
from orderpaper.landing.missing import Missing
from orderpaper.sources import Found
from orderpaper.sources.theyworkforyou.folders import FOLDERS, LISTING, ROOT, Folder, Listed, read_listing

_LISTS = "lists of folders"
_FILE = Format("a file of TheyWorkForYou", frozenset({"application/xml", "text/xml"}), b"</publicwhip>")


def fetch(window: Window, client: Client) -> Found:
    """Land the newest version of every file of the window. It is asked for again when the list says that it changed.

    Of the real site, a folder is read up to the day from which an API of Parliament gives the same.

    The list of one folder may not come. The days of the window are remembered, and files of these days are asked for in
    every run until it comes.

    Raises:
        UpstreamError: the site did not answer, or too many of its lists, or of the files that they name, are missing.
    """
    wanted: dict[str, Listed] = {}
    asked: dict[str, set[dt.date]] = {}
    lists, missing = Lists("theyworkforyou"), Missing(client.landing, "theyworkforyou", _today())
    lacked = missing.due(_LISTS)
    for folder in FOLDERS:
        name = f"{folder.name}/{LISTING}"
        days = {*window, *(day for day, names in lacked.items() if name in names)}
        asked[name] = {day for day in days if not (client.is_public and folder.is_taken_over(day))}
        if asked[name]:
            newest = lists.ask(_LISTS, window.start_on, name, partial(_newest, client, folder))
            wanted |= {f"{folder.name}/{file.name}": file for file in newest or [] if file.day in asked[name]}
    lists.check()
    reasons = lists.lacking.get((_LISTS, window.start_on), {})
    for day in sorted({*window, *lacked}):
        missing.note(_LISTS, day, {name: reason for name, reason in reasons.items() if day in asked[name]})
    files = Each(client, "theyworkforyou", "", partial(_file, client, wanted), workers=1)
    files.fetch({name: file.day for name, file in wanted.items()})

    def when_whole() -> None:
        files.save()
        missing.save()

    return Found(
        incomplete_on=frozenset(day for name in reasons for day in asked[name] if day in window), when_whole=when_whole
    )


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _file(client: Client, listed: Mapping[str, Listed], name: str) -> Landed | None:
    """Land a file.

    Raises:
        UpstreamError: the site did not answer, or gave a file of another day.
    """
    state = listed[name].changed_at if name in listed else None
    landed = client.get(f"{ROOT}{name}", [], due=_FILE, kind="daily_file", state=state, is_optional=True)
    if landed and name in listed and listed[name].day.isoformat().encode() not in landed.body:
        raise client.reject(landed, f"asked for {name}, the site gave a file of another day")
    return landed


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
