"""A process that parses: `python -m orderpaper.ingest.worker FD`.

It reads chunks from the pipe whose file descriptor is given and writes their records to it, and before each document
its number. It ends when the other end of the pipe is closed, so it ends with its parent, after `kill -9` too. It is a
new program and not a fork, because a fork would inherit the threads and locks of an Airflow task.
"""

import signal
import sys
from multiprocessing.connection import Connection

from orderpaper.errors import OrderPaperError
from orderpaper.ingest.chunks import parse_chunk


def serve(connection: Connection) -> None:
    """Parse the chunks that come through a connection until its other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends this process
    try:
        while True:
            chunk = connection.recv()
            try:
                connection.send(parse_chunk(chunk, connection.send))
            except OrderPaperError as error:
                connection.send(error)
    except (EOFError, ConnectionError):
        return


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
