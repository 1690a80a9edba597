"""A browser as a test needs one: it fetches pages, fills in forms and sends them with their hidden fields."""

import re
from html import unescape
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.databases import PASSWORD

HIDDEN = re.compile(r'<input type="hidden" name="(csrf_token|request|of|revision)" value="([^"]*)"')
LINK = re.compile(r'href="([^"]+)"')


class Browser:
    def __init__(self, client: FlaskClient):
        self.client = client

    def sign_in(self, username: str, password: str = PASSWORD, after: str = "") -> TestResponse:
        return self.send(f"/login?next={after}" if after else "/login", username=username, password=password)

    def get(self, address: str, **keywords: object) -> TestResponse:
        return self.client.get(address, buffered=True, **keywords)

    def send(self, address: str, page: str = "", **values: object) -> TestResponse:
        """Fill in the form on `page` (the address itself unless told) and send it."""
        return self.client.post(address, data=self.hidden(page or address) | values, headers=self.origin)

    def hidden(self, address: str) -> dict[str, str]:
        return {name: unescape(value) for name, value in HIDDEN.findall(self.get(address).text)}

    def first(self, pattern: str, address: str = "/") -> str:
        """The first address on a page that looks like this."""
        links = [unescape(link) for link in LINK.findall(self.get(address).text)]
        return next(link for link in links if re.fullmatch(pattern, link))

    @property
    def task(self) -> str:
        """The address of the most urgent task in the inbox."""
        return self.first(r"/tasks/[^/]+")

    @property
    def origin(self) -> dict[str, str]:
        return {"Origin": "http://localhost"}


def path_of(response: TestResponse) -> str:
    """Where a redirect leads."""
    assert response.status_code == 303, response.text
    return urlsplit(response.location).path
