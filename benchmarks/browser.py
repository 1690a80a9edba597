"""Somebody who signs in and completes tasks: in this process through WSGI, or over a socket."""

import re
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Protocol
from urllib.parse import urlencode
from uuid import uuid4

from flask import Flask

from benchmarks.county import PASSWORD, WORKER
from benchmarks.flows import FORM

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Site(Protocol):
    """Sends a form, or asks for a page when there is none. Answers status and text, and keeps cookies."""

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]: ...


class InProcess:
    """Flask's own client."""

    def __init__(self, app: Flask):
        self._client = app.test_client()

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        answer = self._client.get(path) if form is None else self._client.post(path, data=form)
        return answer.status_code, answer.text


class OverLoopback:
    """One connection that stays open."""

    def __init__(self, port: int):
        self._connection = HTTPConnection("127.0.0.1", port)
        self._cookie = ""

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": self._cookie, "Content-Type": "application/x-www-form-urlencoded"}
        body = None if form is None else urlencode(form)
        self._connection.request("GET" if form is None else "POST", path, body, headers)
        answer = self._connection.getresponse()
        if cookie := answer.getheader("Set-Cookie"):
            self._cookie = cookie.split(";")[0]
        return answer.status, answer.read().decode()

    def close(self) -> None:
        self._connection.close()


class Browser:
    """Signed in."""

    def __init__(self, site: Site):
        self._site = site
        self._token = self._read_token("/login")
        status, _ = site.ask("/login", self._form(username=WORKER, password=PASSWORD))
        assert status == 303, status

    def open(self, path: str) -> str:
        status, text = self._site.ask(path)
        assert status == 200, (path, status)
        return text

    def completing(self, task_id: str) -> Callable[[], None]:
        """A call that hands in the task's form, once its page has been opened for the token."""
        self._token = self._read_token(f"/tasks/{task_id}")
        form = self._form(**FORM, note="", again="yes", request=uuid4().hex)

        def complete() -> None:
            status, text = self._site.ask(f"/tasks/{task_id}", form)
            assert status == 303, (status, text)

        return complete

    def _read_token(self, path: str) -> str:
        found = _TOKEN.search(self.open(path))
        assert found, path
        return found[1]

    def _form(self, **fields: str) -> dict[str, str]:
        return {"csrf_token": self._token, **fields}
