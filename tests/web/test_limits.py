"""What is too large is refused before it is read, and what is missing is named."""

import io
import re
from pathlib import Path

import pytest

from tests.web.browser import Browser
from web.assets import NotBuilt

TOO_MUCH = 4 * 1024 * 1024 + 1
MAKEFILE = Path(__file__).parents[2] / "Makefile"


@pytest.mark.parametrize(("username", "address"), [("", "/login"), ("chuangkou", "/register/small")])
def test_a_request_of_more_than_four_megabytes_is_refused_on_a_page_of_ours(browser, username, address):
    response = browser(username).send(address, title="x" * TOO_MUCH)
    assert response.status_code == 413
    assert "提交的内容太大，没有保存。" in response.text
    assert "返回上一页" in response.text
    assert "<main" in response.text


@pytest.mark.parametrize(
    "value", [lambda: "x" * 1000, lambda: (io.BytesIO(bytes(1000)), "x.docx")], ids=["text", "file"]
)
def test_how_much_that_is_is_a_setting(make_app, value):
    assert Browser(make_app(MAX_CONTENT_LENGTH=1000).test_client()).send("/login", username=value()).status_code == 413


def test_who_has_not_built_the_pages_is_told_a_command_that_exists():
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE.read_text("utf-8"), re.MULTILINE))
    told = re.findall(r"`make (\w+)`", str(NotBuilt()))
    assert told
    assert set(told) <= targets
