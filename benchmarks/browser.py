"""Somebody who signs in and completes tasks: in this process through WSGI, or over a socket."""

import re
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Protocol
from urllib.parse import urlencode
from uuid import uuid4

from flask import Flask
from werkzeug.test import create_environ, run_wsgi_app

from benchmarks.county import PASSWORD, WORKER
from benchmarks.flows import FORM

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


Answer = tuple[int, str]  # status and text


class Site(Protocol):
    """Makes ready to send a form, or to ask for a page when there is none. Keeps the cookie."""

    def ready(self, path: str, form: dict[str, str] | None = None) -> Callable[[], Answer]: ...


class InProcess:
    """Calls the application as a WSGI server does: what is measured is the web core, not a client."""

    def __init__(self, app: Flask):
        self._app = app
        self._cookie = ""

    def ready(self, path: str, form: dict[str, str] | None = None) -> Callable[[], Answer]:
        environ = create_environ(path, method="GET" if form is None else "POST", data=form)

        def ask() -> Answer:
            environ["HTTP_COOKIE"] = self._cookie
            body, status, headers = run_wsgi_app(self._app, environ)
            self._cookie = _kept(headers.get("Set-Cookie"), self._cookie)
            return int(status.split()[0]), b"".join(body).decode()

        return ask


class OverLoopback:
    """One connection that stays open."""

    def __init__(self, port: int):
        self._connection = HTTPConnection("127.0.0.1", port)
        self._cookie = ""

    def ready(self, path: str, form: dict[str, str] | None = None) -> Callable[[], Answer]:
        body = None if form is None else urlencode(form)

        def ask() -> Answer:
            headers = {"Cookie": self._cookie, "Content-Type": "application/x-www-form-urlencoded"}
            self._connection.request("GET" if form is None else "POST", path, body, headers)
            answer = self._connection.getresponse()
            self._cookie = _kept(answer.getheader("Set-Cookie"), self._cookie)
            return answer.status, answer.read().decode()

        return ask

    def close(self) -> None:
        self._connection.close()


def _kept(new: str | None, old: str) -> str:
    return new.split(";")[0] if new else old


class Browser:
    """Signed in."""

    def __init__(self, site: Site, username: str = WORKER):
        self._site = site
        self._token = self._read_token("/login")
        status, _ = site.ready("/login", self._form(username=username, password=PASSWORD))()
        assert status == 303, status
        self._token = self._read_token("/")

    def open(self, path: str) -> str:
        status, text = self._site.ready(path)()
        assert status == 200, (path, status)
        return text

    def ask(self, path: str, **fields: str) -> str:
        """The page that a form which changes nothing leads to."""
        status, text = self._site.ready(path, self._form(**fields))()
        assert status == 200, (path, status)
        return text

    def completing(self, task_id: str) -> Callable[[], None]:
        """A call that hands in the task's form."""
        form = self._form(**FORM, note="", again="yes", request=uuid4().hex)
        hand_in = self._site.ready(f"/tasks/{task_id}", form)

        def complete() -> None:
            status, text = hand_in()
            assert status == 303, (status, text)

        return complete

    def _read_token(self, path: str) -> str:
        found = _TOKEN.search(self.open(path))
        assert found, path
        return found[1]

    def _form(self, **fields: str) -> dict[str, str]:
        return {"csrf_token": self._token, **fields}
