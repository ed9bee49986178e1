"""`python -m orderpaper.simulate`: serve a simulated or captured Parliament, or write saved documents."""

import argparse
import datetime as dt
import json
import os
import signal
import sys
import threading
from pathlib import Path

from orderpaper.errors import OrderPaperError
from orderpaper.simulate import (
    DEFAULT_AS_OF,
    DEFAULT_FROM,
    DEFAULT_MEMBERS,
    DEFAULT_QUESTIONS_PER_DAY,
    DEFAULT_SEED,
    DEFAULT_TO,
)
from orderpaper.simulate.api import Api
from orderpaper.simulate.data_faults import check_name, fault_names
from orderpaper.simulate.faults import FAULTS, Fault
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.part import Upstream, find_modules
from orderpaper.simulate.replay import Replay
from orderpaper.simulate.server import Server

_PARENT_POLL_SECONDS = 0.5


def main(arguments: list[str] | None = None) -> int:
    """Run the command line. Return 2 if it failed for a reason that the user can put right."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "write-documents":
            write = find_modules("simulated")["inbox"].write
            paths = write(options.directory, seed=options.seed, first=options.first, last=options.last)
            sys.stdout.write(json.dumps({"written": [str(path) for path in paths]}) + "\n")
            return 0
        data_faults = [check_name(name) for name in options.data_fault]
        upstream: Upstream = Replay(options.directory) if options.command == "replay" else _simulated(options)
        faults = [Fault.parse(text) for text in options.fault]
        server = Server(
            upstream,
            port=options.port,
            shifting_pages=options.shifting_pages,
            faults=faults,
            data_faults=data_faults,
        )
    except OrderPaperError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    _serve_until_told(server, options)
    return 0


def _simulated(options: argparse.Namespace) -> SimulatedParliament:
    return SimulatedParliament(options.seed, options.members, options.questions_per_day, options.as_of or _today())


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _serve_until_told(server: Server, options: argparse.Namespace) -> None:
    """Print the address of the server as one line of JSON, and serve until SIGTERM, SIGINT or the end of the parent.

    A simulated Parliament that is asked as of today moves on at midnight.
    """
    day = _today()
    follows_today = options.command == "serve" and options.as_of is None
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1})
        thread.start()
        sys.stdout.write(json.dumps({"url": server.url}) + "\n")
        sys.stdout.flush()
        while not stop.wait(_PARENT_POLL_SECONDS):
            if options.parent_pid is not None and os.getppid() != options.parent_pid:
                break
            if follows_today and _today() != day:
                day = _today()
                server.api = Api(_simulated(options), shifting_pages=options.shifting_pages, faults=options.data_fault)
        server.shutdown()
        thread.join()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m orderpaper.simulate", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serving = argparse.ArgumentParser(add_help=False)
    serving.add_argument("--port", type=int, default=0, help="the port to listen on (default: any free one)")
    serving.add_argument("--parent-pid", type=int, help="stop when the process of this id is no longer the parent")
    serving.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="NAME[:N]",
        help=f"spoil every answer, or the N-th: {', '.join(FAULTS)}",
    )
    seeded = argparse.ArgumentParser(add_help=False)
    seeded.add_argument("--seed", type=int, default=DEFAULT_SEED)
    simulated = commands.add_parser("serve", parents=[serving, seeded], help="serve a simulated Parliament")
    simulated.add_argument("--members", type=int, default=DEFAULT_MEMBERS)
    simulated.add_argument("--questions-per-day", type=int, default=DEFAULT_QUESTIONS_PER_DAY)
    simulated.add_argument(
        "--as-of",
        type=lambda text: None if text == "today" else dt.date.fromisoformat(text),
        default=DEFAULT_AS_OF,
        metavar="YYYY-MM-DD|today",
        help="the day on which the sites are asked; today moves on at midnight",
    )
    simulated.add_argument(
        "--data-fault",
        action="append",
        default=[],
        metavar="NAME",
        help=f"make the data wrong, or late: {', '.join(fault_names())}",
    )
    simulated.add_argument("--shifting-pages", action=argparse.BooleanOptionalAction, default=True)
    replayed = commands.add_parser("replay", parents=[serving], help="serve captured files")
    replayed.add_argument("--directory", type=Path, required=True)
    replayed.set_defaults(shifting_pages=False, data_fault=[])
    written = commands.add_parser(
        "write-documents", parents=[seeded], help="write documents such as a person would save"
    )
    written.add_argument("--directory", type=Path, required=True)
    written.add_argument("--from", dest="first", type=dt.date.fromisoformat, default=DEFAULT_FROM, metavar="YYYY-MM-DD")
    written.add_argument("--to", dest="last", type=dt.date.fromisoformat, default=DEFAULT_TO, metavar="YYYY-MM-DD")
    return parser


if __name__ == "__main__":
    sys.exit(main())
