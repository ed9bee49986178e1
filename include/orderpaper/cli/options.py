"""The options that several commands share, with their types and checks.

Each also reads an environment variable: that is how the Makefile passes what the user gave to `make`.
"""

import datetime as dt
import re
from pathlib import Path
from typing import Annotated, Literal

import typer


def parse_day(text: str) -> dt.date:
    """Return the date that `text` names.

    Raises:
        ValueError: it is not a date written as YYYY-MM-DD.
    """
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"{text!r} is not a date; write it as YYYY-MM-DD.") from None


def existing_folder(folder: Path | None) -> Path | None:
    """Return the absolute path of a folder, with `~` expanded.

    Raises:
        typer.BadParameter: there is no such folder.
    """
    if folder is None:
        return None
    folder = folder.expanduser()
    if not folder.is_dir():
        problem = "is not a folder" if folder.exists() else "does not exist"
        raise typer.BadParameter(f"{str(folder)!r} {problem}.")
    return folder.resolve()


Home = Annotated[
    Path, typer.Option(envvar="ORDERPAPER_HOME", help="The folder that holds everything.", metavar="FOLDER")
]
DEFAULT_HOME = Path("data")

Source = Annotated[
    Literal["simulated", "live", "replay"],
    typer.Option(envvar="SOURCE", help="Ask a simulated Parliament, the real one, or captured payloads."),
]
Replay = Annotated[
    Path | None,
    typer.Option(
        envvar="REPLAY",
        callback=existing_folder,
        metavar="FOLDER",
        help="The captured payloads to serve, with --source replay.",
    ),
]
_from = typer.Option(
    "--from", envvar="FROM", parser=parse_day, metavar="YYYY-MM-DD", help="The first day to load.", show_default=False
)
From = Annotated[dt.date | None, _from]
FirstDay = Annotated[dt.date, _from]
To = Annotated[
    dt.date | None,
    typer.Option("--to", envvar="TO", parser=parse_day, metavar="YYYY-MM-DD", help="The last day to load."),
]
Inbox = Annotated[
    Path | None,
    typer.Option(
        envvar="INBOX", callback=existing_folder, metavar="FOLDER", help="A folder of documents that you saved."
    ),
]
