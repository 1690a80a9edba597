"""The product's own server in a thread, on a clock that stands still."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

from waitress import create_server

from models import virtual_clock
from models.clock import VirtualClock

if TYPE_CHECKING:
    from flask import Flask


@contextmanager
def serving(app: "Flask", clock: VirtualClock) -> Iterator[str]:
    """The address the application is served at. Each request is answered as at the moment the clock then shows."""

    def on_the_clock(environ: dict[str, Any], start_response: Any) -> Any:
        with virtual_clock(clock.now):  # a thread of the server knows nothing of the clock of ours
            return app(environ, start_response)

    server = create_server(on_the_clock, host="127.0.0.1", port=0, threads=8)
    thread = Thread(target=server.run)

    def stop() -> None:
        for channel in list(server.active_channels.values()):
            channel.handle_close()
        server.close()

    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(stop)  # in the thread of the server, which ends when nothing is left to watch
        thread.join()
        server.task_dispatcher.shutdown()
