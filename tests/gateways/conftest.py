"""Gateways as the adapters meet them: real servers on this machine, which keep what they were sent."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

import config


@dataclass
class Heard:
    """One request, or one letter."""

    path: str
    headers: dict[str, str]
    data: Any


@dataclass
class Outside:
    """A gateway: where it is, what it answers, what it was sent."""

    port: int = 0
    status: int = 200
    answer: str = "{}"
    heard: list[Heard] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/send?key=secret-in-the-address"


@contextmanager
def running(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    """A gateway that speaks HTTP."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    world = Outside()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            world.heard.append(Heard(self.path, dict(self.headers), data))
            self.send_response(world.status)
            if 300 <= world.status < 400:
                self.send_header("Location", world.url)
            self.end_headers()
            self.wfile.write(world.answer.encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    world.port = server.server_port
    with running(server):
        yield world


@pytest.fixture
def mailbox() -> Iterator[Outside]:
    """A mail server; `answer` is what it says to whom a letter is for."""
    world = Outside(answer="250 ok")

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 mail")
            while line := self.rfile.readline().decode().strip():
                verb = line.split()[0].upper()
                if verb == "DATA":
                    self.say("354 go on")
                    letter = b"".join(iter(self.rfile.readline, b".\r\n"))
                    world.heard.append(Heard("", {}, letter))
                self.say(world.answer if verb == "RCPT" else "221 bye" if verb == "QUIT" else "250 ok")
                if verb == "QUIT":
                    return

    server = socketserver.TCPServer(("127.0.0.1", 0), Handler)
    world.port = server.server_address[1]
    with running(server):
        yield world


@pytest.fixture
def settings() -> dict[str, Any]:
    """As this house comes: everything off."""
    return dict(config.DEFAULTS)
