"""PostgreSQL's pipeline, by libpq itself: all that is sent goes out together, all answers are waited for once.

psycopg's own pipeline makes a cursor for each statement and waits for the socket each time, four times as dear
(docs/decisions/performance.md). Values go as text, for the server knows of what kind they are; it is told each
statement once a connection.
"""

import select
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg import Connection
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

#: What is prepared does not fit any more (a column has another type), or is not known: a new connection puts it right.
STALE = ("0A000", "26000")

#: The names of the statements that a connection knows, by their texts.
Known = dict[str, bytes]


class Reply:
    """What a statement was answered: there once the pipeline is over. Read as a driver's cursor."""

    def __init__(self, runs: int) -> None:
        self.runs = runs
        self.rowcount = -1  # not carried out
        self.rows: list[tuple[Any, ...]] = []

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows of its last run."""
        return self.rows


class Pipeline:
    """What is executed in it is carried out in that order, until something fails."""

    def __init__(self, connection: "Connection[Any]", known: Known) -> None:
        self._server: PGconn = connection.pgconn
        self._values = Transformer(connection)
        self._known = known
        self._new: Known = {}
        self._replies: list[tuple[Reply, str]] = []  # with the text that is made known, if one is
        self.reusable = False  # the connection: every answer has been read

    def begin(self) -> None:
        """A transaction, unless one is under way."""
        if self._server.transaction_status == TransactionStatus.IDLE:
            self._server.send_query_params(b"BEGIN", None)
            self._replies.append((Reply(1), ""))

    def execute(self, text: str, rows: Sequence[Sequence[Any]]) -> Reply:
        """Once a row of values; they stand in `text` as `$1`, `$2` …"""
        given = [self._values.dump_sequence(row, [PyFormat.TEXT] * len(row)) for row in rows]
        name = self._known.get(text) or self._new.get(text) or self._make_known(text)
        for values in given:
            self._server.send_query_prepared(name, values)
        reply = Reply(len(rows))
        self._replies.append((reply, ""))
        return reply

    def _make_known(self, text: str) -> bytes:
        name = self._new[text] = b"bihuan_%d" % (len(self._known) + len(self._new))
        self._server.send_prepare(name, text.encode())
        self._replies.append((Reply(1), text))
        return name

    def finish(self) -> None:
        """Wait for every answer. Raises psycopg's error of what failed; nothing after that was carried out."""
        self._server.pipeline_sync()
        failed: PGresult | None = None
        for reply, text in self._replies:
            results = [self._result() for _ in range(reply.runs)]
            failed = failed or next((each for each in results if each.status == ExecStatus.FATAL_ERROR), None)
            if failed is None:
                self._take(reply, results)
                if text:
                    self._known[text] = self._new[text]
        self._next()  # the answer to the sync
        error = error_from_result(failed) if failed else None
        self.reusable = error is None or error.sqlstate not in STALE
        if error:
            raise error

    def _take(self, reply: Reply, results: Sequence[PGresult]) -> None:
        reply.rowcount = sum(result.command_tuples or 0 for result in results)
        if (last := results[-1]).status == ExecStatus.TUPLES_OK:
            self._values.set_pgresult(last)
            reply.rows = self._values.load_rows(0, last.ntuples, tuple)

    def _result(self) -> PGresult:
        result = self._next()
        assert result is not None
        self._next()  # nothing follows it
        return result

    def _next(self) -> PGresult | None:
        while self._server.is_busy():
            _wait(self._server)
        return self._server.get_result()


@contextmanager
def pipeline(connection: "Connection[Any]", known: Known) -> Iterator[Pipeline]:
    """Answers are there at the end of the block. `known`: what this connection knows already, kept as long as it lives.

    Raises psycopg's errors there; a connection that cannot be used after them is closed.
    """
    server = connection.pgconn
    server.enter_pipeline_mode()
    sent = Pipeline(connection, known)
    try:
        try:
            sent.begin()
            yield sent
        finally:
            sent.finish()
    finally:
        if sent.reusable:
            server.exit_pipeline_mode()
        else:  # the pool makes another one; what went wrong first is told, not that answers are left over
            connection.close()


def _wait(server: PGconn) -> None:
    """Until there is more to read; what is still to be sent goes on meanwhile, or both sides might wait for ever."""
    said = select.poll()
    said.register(server.socket, select.POLLIN | (select.POLLOUT if server.flush() else 0))
    said.poll()
    server.consume_input()
