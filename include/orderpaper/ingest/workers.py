"""Parse the chunks of a batch on all cores, in processes that end with this one."""

import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing import Pipe
from multiprocessing.connection import wait

from orderpaper.errors import OrderPaperError
from orderpaper.ingest.chunks import Chunk, ChunkRecords, parse_chunk

FEWEST_CHUNKS = 20
"""Fewer chunks are parsed here, in the time that a process needs to start."""
_AHEAD = 2
"""How many chunks for each process may be begun before the records of an earlier one are taken."""


def parse_chunks(chunks: Sequence[Chunk], process_count: int) -> Iterator[ChunkRecords]:
    """Yield the records of each chunk, in the order of the chunks.

    Raises:
        OrderPaperError: a process ended; the message names the document that it was parsing.
    """
    if process_count == 1 or len(chunks) < FEWEST_CHUNKS:
        yield from map(parse_chunk, chunks)
        return
    workers = [_Worker() for _ in range(min(process_count, len(chunks)))]
    try:
        due = deque(enumerate(chunks))
        done: dict[int, ChunkRecords] = {}
        for number in range(len(chunks)):
            while number not in done:
                for worker in workers:
                    if worker.chunk is None and due and due[0][0] < number + _AHEAD * len(workers):
                        worker.give(*due.popleft())
                busy = [worker for worker in workers if worker.chunk]
                ready = wait([worker.connection for worker in busy])
                for worker in busy:
                    if worker.connection in ready:
                        done |= worker.take()
            yield done.pop(number)
    finally:
        for worker in workers:
            worker.end()


class _Worker:
    """A process that parses, and what it is doing."""

    def __init__(self) -> None:
        self.connection, theirs = Pipe()
        self.chunk: Chunk | None = None
        self._number = 0
        self._document = 0
        self._process = subprocess.Popen(  # noqa: S603  # our own module
            [sys.executable, "-m", "orderpaper.ingest.worker", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
        )
        theirs.close()

    def give(self, number: int, chunk: Chunk) -> None:
        """Send the process a chunk to parse."""
        self.chunk, self._number, self._document = chunk, number, 0
        try:
            self.connection.send(chunk)
        except OSError as error:
            raise self._ended() from error

    def take(self) -> dict[int, ChunkRecords]:
        """Return the records of the chunk by its number if they are all there, and otherwise nothing.

        Raises:
            OrderPaperError: the process has ended, or cannot write to the landing zone.
        """
        try:
            message = self.connection.recv()
        except (EOFError, OSError) as error:
            raise self._ended() from error
        if isinstance(message, OrderPaperError):
            raise message
        if isinstance(message, int):
            self._document = message
            return {}
        self.chunk = None
        return {self._number: message}

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self.connection.close()
        self._process.kill()
        self._process.wait()

    def _ended(self) -> OrderPaperError:
        code = self._process.wait()
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        if self.chunk is None:
            return OrderPaperError(f"A process that parses {how} before it was given a document.")
        ref = self.chunk.documents[self._document]
        return OrderPaperError(
            f"{self.chunk.source}: the process that parsed {ref.url} (document {ref.document_id}) {how}; if memory is"
            " short, run again with ORDERPAPER_WORKERS=1."
        )
