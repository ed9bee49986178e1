"""Damaged documents for every parser: `make fuzz`, or one parser with `python tests/fuzz/parser_fuzzing.py hansard`.

A parser may refuse a document with a `ParseError` and nothing else, within `CPU_SECONDS`, in a process that never
holds more than `MEMORY_MB`; what it makes of one that it reads fits in the warehouse, and every piece of its text is in
a record or refused. What breaks that is kept in a file, so that it can become an example.
"""

import argparse
import contextlib
import dataclasses
import datetime as dt
import hashlib
import importlib
import itertools
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from mutations import mutate

import orderpaper.sources
from orderpaper.errors import ParseError
from orderpaper.records import Document, Parsed, Record
from orderpaper.records.accounting import account

EXAMPLES = Path(__file__).parents[1] / "unit/parsers/examples"
SOURCES = Path(orderpaper.sources.__file__).parent
PARSERS = sorted(path.parent.name for path in SOURCES.glob("*/parse.py"))
CPU_SECONDS = 10
"""For one document. Time on the processor, so that a busy machine breaks nothing."""
MEMORY_MB = 200


class HangError(BaseException):
    """A document took too long; no parser may catch it."""


def examples(parser: str) -> list[bytes]:
    """The parser's example documents; the inbox takes those of every parser."""
    folder = "*" if parser == "inbox" else parser
    paths = sorted(path for path in EXAMPLES.glob(f"{folder}/*.*") if not path.name.endswith(".expected.json"))
    return [path.read_bytes() for path in paths]


def reader(parser: str) -> Callable[[bytes], Parsed]:
    """The parser as a function of bytes: those of saved text have the inbox before them."""
    module = importlib.import_module(f"orderpaper.sources.{parser}.parse")
    if not hasattr(module, "parse"):
        decode = importlib.import_module("orderpaper.reading.decode").decode
        return lambda body: module.parse_text(decode(body))

    def read(body: bytes) -> Parsed:
        return module.parse(
            Document(
                document_id=hashlib.sha256(body).hexdigest(),
                source=parser,
                kind="file",
                url="damaged",
                media_type="application/octet-stream",
                fetched_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
                body=body,
            )
        )

    return read


def check_fits(record: Record) -> None:
    """Make sure that the warehouse can hold a record: its numbers are not too big, its text is Unicode.

    Raises:
        OverflowError, UnicodeEncodeError: it cannot.
    """
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, int):
                item.to_bytes(8, signed=True)
            elif isinstance(item, str):
                item.encode()


def outcome(read: Callable[[bytes], Parsed], body: bytes) -> tuple[str, str | None]:
    """Return what came of a document, and the error if the parser broke on it."""

    def hang(*_: object) -> None:
        raise HangError

    signal.signal(signal.SIGPROF, hang)
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    try:
        parsed = account(read(body))
        for record in parsed.records:
            check_fits(record)
    except ParseError:
        return "refused", None
    except (Exception, HangError) as error:  # noqa: BLE001 - finding it is what this is for
        return "broken", f"{type(error).__name__}: {error}"[:300]
    else:
        return "read_in_part" if parsed.refusals else "read", None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def fuzz(parser: str, count: int, seed: int) -> dict[str, Any]:
    """Read `count` damaged documents in this process; what came of it."""
    read, documents = reader(parser), examples(parser)
    outcomes: Counter[str] = Counter()
    broken: list[dict[str, str]] = []
    for number in range(count):
        body = mutate(random.Random(f"{seed}/{parser}/{number}"), documents)
        found, error = outcome(read, body)
        outcomes[found] += 1
        if error:
            path = Path(tempfile.gettempdir()) / f"broken-{parser}-{seed}-{number}"
            path.write_bytes(body)
            broken.append({"document": str(path), "error": error})
        if len(broken) == 20:
            break
    return {"parser": parser, **outcomes, "memory_mb": peak_memory_mb(), "failures": broken}


def peak_memory_mb() -> int:
    """The most that this process has held. Linux's ru_maxrss counts the process that started it too; VmHWM does not."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**20


def fuzz_apart(parser: str, count: int, seed: int) -> dict[str, Any]:
    """The same in a process of its own, whose memory is the parser's alone; a process that dies is a failure."""
    command = [sys.executable, __file__, parser, f"--count={count}", f"--seed={seed}", "--here"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    if done.returncode:
        found: dict[str, Any] = {"parser": parser, "failures": [{"error": f"died ({done.returncode}): {done.stderr}"}]}
    else:
        found = json.loads(done.stdout)
    if found.get("memory_mb", 0) > MEMORY_MB:
        found["failures"].append({"error": f"{found['memory_mb']} MB is more than {MEMORY_MB}"})
    return found


def main() -> int:
    """Fuzz the parsers named, or all; the exit code says whether any broke."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("parsers", nargs="*", metavar="parser", help=", ".join(PARSERS))
    options.add_argument("--count", type=int, default=100_000, help="documents for each parser")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--here", action="store_true", help="in this process, with the result as JSON")
    asked = options.parse_args()
    if asked.here:
        print(json.dumps(fuzz(asked.parsers[0], asked.count, asked.seed)))
        return 0
    is_broken = False
    with ThreadPoolExecutor(os.cpu_count()) as pool, contextlib.suppress(BrokenPipeError):
        names = asked.parsers or PARSERS
        for found in pool.map(fuzz_apart, names, itertools.repeat(asked.count), itertools.repeat(asked.seed)):
            failures = found.pop("failures")
            is_broken |= bool(failures)
            print(*(f"{name}={value}" for name, value in found.items()), f"broken={len(failures)}", flush=True)
            for failure in failures:
                print("   ", failure["error"], failure.get("document", ""), flush=True)
    return is_broken


if __name__ == "__main__":
    sys.exit(main())
