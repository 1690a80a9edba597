"""What a visitor without an account sends from a page: its hidden fields, and the sum that is asked on it."""

import io
import re
from html import unescape

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from tests.web.browser import Browser

DIGITS = "零一二三四五六七八九"
ALL_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def hidden(text: str) -> dict[str, str]:
    """The hidden fields of a page with one form; the right answer, where it asks."""
    found = {name: unescape(value) for name, value in ALL_HIDDEN.findall(text)}
    asked = re.search(r"请计算：(.)加(.)等于几", text)
    return found | ({"answer": str(sum(map(DIGITS.index, asked.groups())))} if asked else {})


def post(visitor: Browser, address: str, page: str, *files: tuple[str, bytes], **typed: str) -> TestResponse:
    """Send the form on this page, with files (name, content)."""
    sent: list = list((hidden(page) | typed).items())
    sent += [("files", FileStorage(io.BytesIO(content), name)) for name, content in files]
    boundary, body = encode_multipart(MultiDict(sent))
    kind = f'multipart/form-data; boundary="{boundary}"'
    return visitor.client.post(address, data=body, content_type=kind, headers=visitor.origin)
