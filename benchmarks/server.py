"""A child process that serves the real application as `flask serve` does, without its ticker.

It prints its port, then its CPU time for every line it reads, and ends with its standard input.
"""

import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from waitress import create_server

from app import create_app

SETTINGS = {"SECRET_KEY": "benchmarks", "CLOCK": False}


class Server:
    """The parent's end of it."""

    def __init__(self, process: subprocess.Popen[str]):
        self._process = process
        self.port = int(self._read())

    def cpu(self) -> float:
        """CPU seconds the server has used."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return float(self._read())

    def _read(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()


@contextmanager
def serving(url: str) -> Iterator[Server]:
    command = [sys.executable, "-m", "benchmarks.server", url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Server(process)
        finally:
            process.stdin.close()  # type: ignore[union-attr]
            process.wait()


def main(url: str) -> None:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(create_app(DATABASE_URL=url, **SETTINGS), host="127.0.0.1", port=0, threads=8)
    Thread(target=server.run, daemon=True).start()
    print(server.effective_port, flush=True)
    for _ in sys.stdin:
        print(time.process_time(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
